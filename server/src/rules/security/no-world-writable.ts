import { absolutePath, copiedBy, copyTarget, workdirAt } from '../../app/copiedFiles';
import { baseFacts, effectiveUser } from '../../app/effectiveUser';
import { madeBy } from '../../app/madeFolders';
import { contextOfBuild } from '../../app/site';
import { removeFromChain } from '../../dockerfile/edits/runLayout';
import { imageStage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule, type FixDraft, type RuleContext } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { isWithin } from '../../text/paths';
import type { Word } from '../../text/word';

/** Octal modes that let everyone write; with the sticky bit (1777, as on /tmp) that is harmless. */
const OCTAL = /^[0246]?[0-7]{2}[2367]$/;
/** Without a class, `+w` only affects the owner under the usual umask. */
// Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
const SYMBOLIC = /(?:^|,)[ugo]*[oa][ugoa]*[+=][rwxXst]*w/;

type MessageId = 'writable' | 'explain' | 'owner' | 'fresh';

export default defineRule<MessageId>({
  meta: {
    id: 'no-world-writable',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['sonar:S2612', 'DF034', 'tally:world-writable-state-path-workaround'],
    fixable: 'unsafe',
    messages: {
      writable: 'Mode {mode} lets every user write',
      explain: 'Make the user that writes the owner (COPY --chown, chown), and use 755 or 644',
      owner: 'Let only the owner {user} write: mode {mode}',
      fresh: 'Remove chmod: the directory belongs to {user}',
    },
    docs: {
      description: 'Let only the owner write to files of the image',
      rationale:
        'Any process in the container can replace a file that everyone may write to, including a process that an attacker controls. The changed script or library then runs with the rights of the next user who starts it. Usually this mode is set because the wrong user owns the file.',
      fixSafety: {
        unsafe: 'a container that is started as another user, with `docker run --user`, can no longer write there.',
        notes:
          'The mode is changed only when the same RUN gives the files to the user that the image runs as. Otherwise there is no automatic fix, because the Dockerfile does not say who must own the files.',
      },
      bad: ['FROM debian:12\nRUN chmod -R 777 /app\n', 'FROM debian:12\nCOPY --chmod=777 run.sh /\n'],
      good: [
        'FROM debian:12\nRUN chmod 755 /app/run.sh\n',
        'FROM debian:12\nRUN chmod 1777 /tmp\n',
        'FROM debian:12\nCOPY --chmod=755 run.sh /\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'], tools: ['chmod', 'mkdir', 'install'] },
  create: (context) => ({
    instruction(node) {
      for (const flag of node.flags) {
        const mode = flag.name === 'chmod' && flag.value !== undefined ? node.expand(flag.value) : undefined;
        if (mode !== undefined && isWritable(mode)) {
          context.report(flag.span, 'writable', { data: { mode }, fix: { title: 'explain', safety: 'manual' } });
        }
      }
    },
    command(command, run) {
      const word = modeOf(command);
      const mode = word?.isStatic ? word.value : word && run.expand(word.text);
      if (word && mode !== undefined && isWritable(mode) && !isTemporary(command)) {
        const fix = ownersMode(command, run, word, context) ?? { title: 'explain' as const, safety: 'manual' as const };
        context.report(word.span, 'writable', { data: { mode }, fix });
      }
    },
  }),
});

/** If the same RUN gives the files to the user that the image runs as, no one else needs write access. */
function ownersMode(
  command: ShellCommand,
  run: Instruction,
  mode: Word,
  context: RuleContext<MessageId>,
): FixDraft<MessageId> | undefined {
  const { dockerfile, knowledge } = context;
  const stage = imageStage(dockerfile);
  if (command.name !== 'chmod' || !/^[0-7]+$/.test(mode.value) || !stage?.instructions.includes(run)) return undefined;
  const { name: user, isRoot } = effectiveUser(stage, knowledge);
  if (user === undefined || isRoot !== false) return undefined;
  const operands = readOptions(command).operands.slice(1);
  const paths = operands.map(({ value }) => absolutePath(value, workdirAt(run)));
  const isRecursive = command.words.some(({ value }) => /^-[a-zA-Z]*R|^--recursive$/.test(value));
  const made = new Set(madeBy(run));
  // Files in a directory that existed before do not belong to its new owner.
  const isFresh = paths.every(
    (path) => made.has(path) && (!isRecursive || isEmpty(path, run, command, stage, context)),
  );
  const given = givenTo(user, run);
  const isOwned = paths.every((path) =>
    given.some(
      (one) => (isFresh || one.isRecursive) && (one.path === path || (one.isRecursive && isWithin(path, one.path))),
    ),
  );
  if (paths.length === 0 || !isOwned || operands.some(({ isStatic, value }) => !isStatic || /[*?{]/.test(value)))
    return undefined;
  const removal = isFresh ? removeFromChain(dockerfile, run, command) : undefined;
  if (removal) return { title: 'fresh', data: { user }, safety: 'unsafe', edits: [removal] };
  const less = mode.value.replace(/[2367](?=.?$)/g, (digit) => `${Number(digit) - 2}`);
  return { title: 'owner', data: { user, mode: less }, safety: 'unsafe', edits: [{ span: mode.span, newText: less }] };
}

/**
 * True if the directory is new: outside of the system directories, in an official image, and not used earlier in the
 * file.
 */
function isEmpty(
  path: string,
  run: Instruction,
  { span }: ShellCommand,
  stage: Stage,
  { knowledge, buildContext }: RuleContext<MessageId>,
): boolean {
  if (/^\/(?:var|usr|opt|etc|home|srv|root|tmp|run|lib)\b/.test(path) || !baseFacts(stage, knowledge)?.isOfficial)
    return false;
  const context = buildContext && contextOfBuild(buildContext);
  const before = inheritedInstructions(stage).filter((node) => node.span.start < run.span.start);
  const isHeld = before.some((node) => {
    if (node.keyword !== 'COPY' && node.keyword !== 'ADD')
      return node.keyword === 'RUN' && node.bodyText.includes(path);
    const copied = context && copiedBy(node, context);
    if (copied) return [...copied.keys()].some((file) => isWithin(file, path));
    const target = copyTarget(node);
    return isWithin(path, target) || isWithin(target, path);
  });
  const others = (run.script?.commands ?? []).filter(
    ({ name, span: at }) =>
      at.start < span.start && !/^(?:mkdir|chown|chmod|useradd|adduser|groupadd|addgroup)$/.test(name),
  );
  return (
    !isHeld &&
    !others.some(({ words }) =>
      words.some(({ text }) => isWithin(absolutePath(run.expand(text) ?? '/', workdirAt(run)), path)),
    )
  );
}

/** Paths that unconditional commands of the RUN give to the user. */
function givenTo(user: string, run: Instruction): { path: string; isRecursive: boolean }[] {
  const commands =
    run.script?.commands.filter(({ name, chain }) => name === 'chown' && chain === run.script?.chain) ?? [];
  return commands.flatMap((command) => {
    const [owner, ...paths] = readOptions(command).operands;
    if (owner?.value.split(/[:.]/)[0] !== user) return [];
    const isRecursive = command.words.some(({ value }) => /^-[a-zA-Z]*R|^--recursive$/.test(value));
    return paths.map(({ value }) => ({ path: absolutePath(value, workdirAt(run)), isRecursive }));
  });
}

function modeOf(command: ShellCommand): Word | undefined {
  if (command.name === 'chmod') {
    return command.words.slice(1).find((word) => !/^-[a-zA-Z-]/.test(word.value));
  }
  if (command.name !== 'mkdir' && command.name !== 'install') return undefined;
  const option = command.words.findIndex((word) => word.value === '-m' || word.value === '--mode');
  return option < 0 ? undefined : command.words[option + 1];
}

/** A directory that exists for only one RUN, such as `$tempDir`. */
function isTemporary(command: ShellCommand): boolean {
  return command.words.slice(2).every((word) => /\$\{?\w*te?mp\w*/i.test(word.value));
}

function isWritable(mode: string): boolean {
  return OCTAL.test(mode) || (SYMBOLIC.test(mode) && !/\+[rwxX]*t/.test(mode));
}
