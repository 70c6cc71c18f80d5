import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { isInFinalImage } from '../shared/finalStages';
import { removeInstruction } from '../shared/removeInstruction';

export default defineRule({
  meta: {
    id: 'no-chown-layer',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      twice: '`chown` in a layer of its own stores the files of COPY a second time',
      chown: 'Copy them with `--chown={owner}`',
    },
    docs: {
      description: 'Give files their owner when they are copied',
      rationale:
        'A layer holds whole files: a RUN that only changes the owner writes every file once more, and the image grows by all of them.',
      fixSafety:
        'Unsafe: what was in the folder before, and the folder itself, keep their owner; and the owner must exist above the COPY.',
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
        const [owner, path, ...others] =
          command.name === 'chown' && !command.isConditional ? readOptions(command).operands : [];
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

/** The COPYs above without an owner that go into the folder. */
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

/** Where the RUN does nothing else, the folder is the copy's own, and a number or name that exists by then is meant. */
function fixFor(
  dockerfile: DockerfileModel,
  run: Instruction,
  command: ShellCommand,
  owner: string,
  copies: readonly Instruction[],
): FixDraft<'chown'> | undefined {
  const [copy, ...others] = copies;
  const isAlone = run.script?.commands.length === 1 && command.wrappers.length === 0 && !run.onbuild;
  if (!copy || others.length > 0 || !isAlone || run.form !== 'shell') return undefined;
  const removal = removeInstruction(dockerfile, run);
  const at = copy.keywordSpan.end;
  return (
    removal && {
      title: 'chown',
      safety: 'unsafe',
      edits: [{ span: { start: at, end: at }, newText: ` --chown=${owner}` }, removal],
    }
  );
}
