import { isMadeBy, madeBy } from '../../app/madeFolders';
import { giveTo } from '../../dockerfile/edits/giveTo';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { isInFinalImage } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'no-chown-layer',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    waste: 'mends',
    messages: {
      twice: '`chown` in a separate layer stores the copied files a second time',
      chown: 'Copy them with `--chown={owner}`',
      between: 'Copy them with `--chown={owner}`, and change the owner of earlier files too',
    },
    docs: {
      description: 'Set the owner of files when you copy them',
      rationale:
        'A layer stores whole files. A RUN that only changes the owner writes every file again, so the image grows by the size of all of them.',
      fixSafety: {
        unsafe: 'files that were in the directory before keep their owner.',
        notes:
          'The directory itself still gets the new owner if WORKDIR or the base image created it. There is no automatic fix when RUNs in between may have written to the directory, or when the owner is created below the COPY.',
      },
      bad: ['FROM debian:12\nCOPY app /srv/app\nRUN chown -R www-data:www-data /srv/app\n'],
      good: ['FROM debian:12\nCOPY --chown=www-data:www-data app /srv/app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!isInFinalImage(dockerfile, node) || node.flags.length > 0) return;
      for (const command of node.script?.commands ?? []) {
        const isRecursive =
          command.name === 'chown' && command.words.some(({ value }) => /^-\w*R|^--recursive$/.test(value));
        const [owner, path, ...others] = isRecursive && !command.isConditional ? readOptions(command).operands : [];
        if (!owner?.isStatic || !path?.isStatic || others.length > 0) continue;
        const copies = copiesInto(node, path.value);
        if (copies.length === 0) continue;
        report(command.span, 'twice', {
          data: { owner: owner.value },
          fix: fixFor(dockerfile, node, command, owner.value, copies),
        });
      }
    },
  }),
});

/** Earlier COPYs into the directory without an owner. */
function copiesInto(run: Instruction, folder: string): Instruction[] {
  return (run.stage?.instructions ?? []).filter((node) => {
    if (node.keyword !== 'COPY' || node.span.start > run.span.start || node.flags.some(({ name }) => name === 'chown'))
      return false;
    const target = absolute(node, node.args.at(-1)?.value);
    const wanted = absolute(run, folder);
    return target !== undefined && wanted !== undefined && wanted !== '/' && `${target}/`.startsWith(`${wanted}/`);
  });
}

function absolute(node: Instruction, path: string | undefined): string | undefined {
  if (path === undefined || path.includes('$')) return undefined;
  if (path.startsWith('/')) return path.replace(/(?<!\/)\/+\.?$/, '') || '/';
  const workdir = (node.stage?.instructions ?? []).findLast(
    (other) => other.keyword === 'WORKDIR' && other.span.start < node.span.start,
  )?.args[0]?.value;
  if (!workdir?.startsWith('/') || workdir.includes('$')) return undefined;
  return `${workdir.replace(/(?<!\/)\/+$/, '')}/${path.replace(/^\.\/?/, '')}`.replace(/(?<!\/)\/+$/, '');
}

/** Only if the RUN does nothing else, the COPY creates the directory, and the owner exists at that point. */
function fixFor(
  dockerfile: DockerfileModel,
  run: Instruction,
  command: ShellCommand,
  owner: string,
  copies: readonly Instruction[],
): FixDraft<'chown' | 'between'> | undefined {
  const [copy] = copies;
  const isAlone = run.script?.commands.length === 1 && command.wrappers.length === 0 && !run.onbuild;
  if (!copy || !isAlone || run.form !== 'shell') return undefined;
  if (isWrittenBefore(run, owner) || holdsMadeFolders(run, command)) return { title: 'between', safety: 'manual' };
  const rest = isMadeByCopy(run, command, copy) ? removeInstruction(dockerfile, run) : withoutRecursion(command);
  return (
    rest && {
      title: 'chown',
      safety: 'unsafe',
      edits: [...copies.flatMap((one) => giveTo(one, owner)), rest],
    }
  );
}

/**
 * True if RUNs create files in the directory, such as node_modules, which would stay with root, or if the user is
 * created after the COPY, so it does not exist there yet.
 */
function isWrittenBefore(run: Instruction, owner: string): boolean {
  const above = (run.stage?.instructions ?? []).filter(({ span }) => span.start < run.span.start);
  const firstCopy = above.findIndex(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  const user = owner.split(':')[0] ?? owner;
  return above.some((node, index) => {
    if (node.keyword !== 'RUN') return false;
    const commands = node.script?.commands ?? [];
    const isMaking = commands.some(({ words }) => words.some(({ value }) => value === user));
    if (index > firstCopy && isMaking) return true;
    // System packages go elsewhere, and a directory that is created is the one in question.
    return !commands.every(({ name }) =>
      /^(?:apt|apt-get|apk|dnf|yum|microdnf|pip[\d.]*|rm|useradd|adduser|groupadd|addgroup|usermod|mkdir|chmod|set)$/.test(
        name,
      ),
    );
  });
}

/** True if a WORKDIR or RUN created directories inside, which would stay with root. */
function holdsMadeFolders(run: Instruction, command: ShellCommand): boolean {
  const folder = absolute(run, readOptions(command).operands[1]?.value);
  if (folder === undefined) return false;
  return (run.stage?.instructions ?? [])
    .filter(({ span }) => span.start < run.span.start)
    .flatMap((node) => (node.keyword === 'WORKDIR' ? [absolute(node, node.args[0]?.value) ?? ''] : madeBy(node)))
    .some((made) => made !== folder && isWithin(made, folder));
}

/** COPY creates a missing directory with the given owner; an existing one keeps its owner. */
function isMadeByCopy(run: Instruction, command: ShellCommand, copy: Instruction): boolean {
  const [, path] = readOptions(command).operands;
  const folder = absolute(run, path?.value);
  const target = absolute(copy, copy.args.at(-1)?.value);
  const isMade = (run.stage?.instructions ?? []).some(
    (node) =>
      node.keyword === 'WORKDIR' &&
      node.span.start < copy.span.start &&
      `${absolute(node, node.args[0]?.value)}/`.startsWith(`${folder}/`),
  );
  const isMadeByRun = (run.stage?.instructions ?? []).some(
    (node) => node.span.start < copy.span.start && folder !== undefined && isMadeBy(node, folder),
  );
  return target !== undefined && !isMade && !isMadeByRun && !isOfBase(folder ?? '/');
}

/** Directories that exist in distributions. */
function isOfBase(folder: string): boolean {
  return /^\/(?:srv|opt|mnt|media|home|tmp|var(?:\/[\w.-]+){0,2}|usr(?:\/[\w.-]+)?|etc(?:\/[\w.-]+)?)?$/.test(folder);
}

/** `chown -R app /app` as `chown app /app`. */
function withoutRecursion(command: ShellCommand): TextEdit | undefined {
  const option = command.words.find(({ value }) => value === '-R' || value === '--recursive');
  const next = option && command.words[command.words.indexOf(option) + 1];
  return option && next && { span: { start: option.span.start, end: next.span.start }, newText: '' };
}
