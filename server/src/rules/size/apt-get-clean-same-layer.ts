import { scriptText } from '../../app/scriptText';
import { isMissedLater, isMounted, isRemovedAfter } from '../../commands/caches';
import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import {
  canBegin,
  changesSources,
  fetchFirst,
  installsFromTheseLists,
  installsNothing,
  onlyTheseRead,
} from '../../commands/packageLists';
import { setsUpRepository } from '../../commands/repositorySetup';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { addsToFinalImage, finalStages, laterInstructions } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type FixDraft, type RuleContext } from '../../engine/rule';
import type { RuleSettings } from '../../engine/ruleSettings';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';

type MessageId =
  | 'listsLeft'
  | 'setupLeft'
  | 'updateAlone'
  | 'laterLayer'
  | 'clean'
  | 'fetchAgain'
  | 'keepForLater'
  | 'sameRun'
  | 'removeIdle';

const TOOLS = ['apt-get', 'apt', 'aptitude'];
const LISTS = ['/var/lib/apt/lists'];
/** A mount on one of these keeps the lists out of the layer. */
const MOUNTS = ['/var/lib/apt'];
const INSTALLS = new Set(['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'build-dep', 'reinstall']);

/** These also remove the package lists (apt 2.9). */
const DROPS_LISTS = new Set(['dist-clean', 'distclean']);

export default defineRule<MessageId>({
  meta: {
    id: 'apt-get-clean-same-layer',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3009',
      'DF004',
      'kics:apt_get_install_lists_were_not_deleted',
      'semgrep:remove-package-cache',
      'semgrep:remove-package-lists',
    ],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    waste: 'mends',
    phase: 'lists',
    messages: {
      listsLeft: '`{tool} update` leaves its package lists in the layer',
      setupLeft: 'The repository setup script leaves its package lists in the layer',
      updateAlone: '`{tool} update` in a separate layer goes stale in the build cache',
      laterLayer: 'Deleting package lists in a later layer frees nothing',
      clean: 'Remove the package lists in this layer',
      fetchAgain: 'Fetch the package lists in each RUN that installs, and remove them there',
      keepForLater: 'Join the RUNs first: a later one installs from these lists',
      sameRun: 'Delete the lists in the RUN that fetches them',
      removeIdle: 'Remove this RUN: nothing is left for it to delete',
    },
    advice: { listsLeft: 'sameRun', setupLeft: 'sameRun', updateAlone: 'fetchAgain' },
    docs: {
      description: 'Update, install and remove the package lists in one RUN',
      rationale:
        'A layer keeps the files that exist when its RUN ends. `apt-get update` writes about 20 MB of package lists (Debian bookworm), which nothing reads in the running container. A later RUN that deletes them only hides them and frees no space.',
      fixSafety: {
        safe: 'the lists are only an index, and each RUN that installs packages fetches them itself.',
        unsafe: 'a script in between that also installs packages no longer finds the lists.',
        notes:
          'Not offered when a RUN that installs cannot start with an update, or when a cache or tmpfs mount already keeps the lists out of the layer.',
      },
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl\n',
        'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM scratch\nCOPY --from=build /bin/true /true\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: (context) => ({
    instruction(node) {
      if (!node.script || !addsToFinalImage(context.dockerfile, node)) return;
      const calls = callsOf(node);
      const update = calls.findLast(isUpdate);
      const last = calls.at(-1);
      if (!update) {
        reportLaterClean(node, context);
      } else if (isMounted(node, MOUNTS) || (last && DROPS_LISTS.has(last.subcommand))) {
        return;
      } else if (isRemovedAfter(node, update.command, LISTS)) {
        return;
      } else if (!calls.some((call) => INSTALLS.has(call.subcommand)) && isLone(node, context.settings)) {
        // no-lone-package-update reports a lone update.
        if (update.subcommand !== SETUP && context.settings.dialect === 'hadolint')
          context.report(update.command.span, 'updateAlone', { data: { tool: update.command.name } });
      } else {
        const message = update.subcommand === SETUP ? 'setupLeft' : 'listsLeft';
        context.report(update.command.span, message, {
          data: { tool: update.command.name },
          fix: cleanFix(node, update.command, context),
        });
      }
    },
  }),
});

/** hadolint does not ask what other programs install. */
function isLone({ script }: Instruction, { dialect }: RuleSettings): boolean {
  return dialect === 'hadolint' || (script?.commands ?? []).every(installsNothing);
}

/** A script that adds its own repository and downloads the lists for it. */
const SETUP = 'setup';

interface AptCall {
  readonly subcommand: string;
  readonly command: ShellCommand;
}

function isUpdate(call: AptCall): boolean {
  return call.subcommand === 'update' || call.subcommand === SETUP;
}

function callsOf(node: Instruction): AptCall[] {
  return (node.script?.commands ?? []).flatMap((command) => {
    if (setsUpRepository(command)) return { subcommand: SETUP, command };
    const call = packageCommand(command, TOOLS);
    return call?.subcommand ? [{ subcommand: call.subcommand.value, command }] : [];
  });
}

function cleanFix(
  node: Instruction,
  update: ShellCommand,
  { dockerfile, buildContext }: RuleContext<MessageId>,
): FixDraft<MessageId> | undefined {
  const clean = appendCommand(dockerfile, node, `${sudoPrefix(update)}rm -rf /var/lib/apt/lists/*`);
  const isolation = node.span.start;
  const readers = installsFromTheseLists(dockerfile, node);
  // A later command that removes the lists would find nothing and fail the build.
  if (isMissedLater(dockerfile, node, LISTS)) return undefined;
  if (scriptReads(dockerfile, node, buildContext)) return { title: 'keepForLater', safety: 'manual' };
  if (readers.length === 0) return clean && { title: 'clean', safety: 'safe', edits: [clean], isolation };
  const fetched = setsUpRepository(update)
    ? 'apt-get update'
    : dockerfile.text.slice(update.span.start, update.span.end);
  const isBound = changesSources(dockerfile, node, readers) || !readers.every((run) => canBegin(dockerfile, node, run));
  if (!clean || fetched.includes('\n') || isBound) return { title: 'keepForLater', safety: 'manual' };
  const edits = [clean, ...readers.flatMap((run) => fetchFirst(dockerfile, run, fetched))];
  const safety = onlyTheseRead(dockerfile, node, readers) ? 'safe' : 'unsafe';
  return { title: 'fetchAgain', safety, edits, isolation };
}

/** True when a later RUN starts a copied script that installs packages and does not fetch lists first. */
function scriptReads(dockerfile: DockerfileModel, node: Instruction, buildContext: BuildContext | undefined): boolean {
  return laterInstructions(dockerfile, node).some((other) =>
    startedPaths(other).some((path) => {
      const text = other.stage && scriptText(dockerfile, other.stage, path, buildContext);
      return /\bapt(?:-get)?\b[^\n]{0,200}\b(?:install|update)\b/.exec(text ?? '')?.[0].endsWith('install') ?? false;
    }),
  );
}

const started = new WeakMap<Instruction, readonly string[]>();

/** What a RUN starts by a path. Read once per RUN: each update looks at all later ones. */
function startedPaths(node: Instruction): readonly string[] {
  let paths = started.get(node);
  if (!paths) {
    const commands = node.keyword === 'RUN' ? (node.script?.commands ?? []) : [];
    paths = commands.flatMap(({ name, words }) => {
      const operands = /^(?:bash|sh)$/.test(name) ? words.slice(1) : words;
      const path = operands.find(({ value }) => /^[^-]/.test(value))?.value;
      return path?.includes('/') ? [path] : [];
    });
    started.set(node, paths);
  }
  return paths;
}

/** Reports a RUN that only cleans up, in a later layer than the files. */
function reportLaterClean(node: Instruction, { dockerfile, report, settings }: RuleContext<MessageId>): void {
  const commands = node.script?.commands ?? [];
  const remove = commands.find(removesLists);
  const isOnly = commands.length === 1 || (settings.dialect !== 'hadolint' && commands.every(isAptClean));
  if (!remove || !isOnly) return;
  const earlier = finalStages(dockerfile)
    .flatMap((stage) => stage.instructions)
    .filter((other) => other.span.start < node.span.start && callsOf(other.trigger ?? other).some(isUpdate));
  if (earlier.length === 0) return;
  const idle =
    earlier.every(leavesNone) && commands.every(isAptClean) ? removeWithComments(dockerfile, node) : undefined;
  report(remove.span, 'laterLayer', {
    fix: idle ? { title: 'removeIdle', safety: 'unsafe', edits: [idle] } : { title: 'sameRun', safety: 'manual' },
  });
}

function removesLists({ name, words }: ShellCommand): boolean {
  return name === 'rm' && words.some((word) => word.value.startsWith('/var/lib/apt/lists'));
}

/** True if it only empties apt's own directories. */
function isAptClean(command: ShellCommand): boolean {
  const call = packageCommand(command, TOOLS);
  if (call) return /^(?:auto)?clean$/.test(call.subcommand?.value ?? '');
  const paths = command.words.slice(1).filter(({ value }) => !value.startsWith('-'));
  return command.name === 'rm' && paths.every(({ value }) => /^\/var\/(?:lib|cache)\/apt\//.test(value));
}

function leavesNone(run: Instruction): boolean {
  const update = callsOf(run).findLast(isUpdate);
  return isMounted(run, MOUNTS) || (update !== undefined && isRemovedAfter(run, update.command, LISTS));
}

/** Removes the instruction with the comments above it, which describe the cleanup. */
function removeWithComments(dockerfile: DockerfileModel, node: Instruction): TextEdit | undefined {
  const edit = node.onbuild ? undefined : removeInstruction(dockerfile, node);
  return edit && { ...edit, span: { ...edit.span, start: startWithComments(dockerfile.text, node.span.start) } };
}
