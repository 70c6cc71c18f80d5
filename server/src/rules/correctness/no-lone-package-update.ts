import { isRemovedAfter } from '../../commands/caches';
import { mergeRuns } from '../../commands/mergeRuns';
import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import {
  canBegin,
  fetchFirst,
  installsFromTheseLists,
  installsNothing,
  isUpdate,
  onlyTheseRead,
} from '../../commands/packageLists';
import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { removeFromChain, removeLast } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { laterInstructions } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';

export default defineRule({
  meta: {
    id: 'no-lone-package-update',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DS-0017',
      'DS017',
      'AVD-DS-0017',
      'CKV_DOCKER_5',
      'CIS-DI-0007',
      'DF028',
      'kics:update_instruction_alone',
    ],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      alone: '`{tool} {subcommand}` in a separate RUN: the cache keeps outdated lists',
      unused: '`{tool} {subcommand}` has no effect: the same RUN removes the lists',
      upgrade: '`{tool} {subcommand}` upgrades nothing while its layer comes from the cache',
      join: 'Run `{tool} {subcommand}` in the RUN that installs',
      remove: 'Remove `{tool} {subcommand}`: nothing installs from its lists',
    },
    advice: { alone: 'join' },
    docs: {
      description: 'Update the package lists in the RUN that installs',
      rationale:
        'Docker reuses the cached layer of a separate update as long as the line stays the same. Later installs then use package lists that may be weeks old: packages are missing, or have vulnerabilities that were fixed long ago.',
      fixSafety: {
        safe: 'only if it is known which RUNs install from the lists: each of them then fetches the lists itself.',
        unsafe:
          'if nothing below installs packages, the fix removes the update, and an image built on this one may rely on the lists.',
        manual: 'a script in between may need the lists.',
      },
      bad: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const calls = (node.script?.commands ?? []).flatMap((command) => packageCommand(command, SYSTEM_MANAGERS) ?? []);
      // `apt-get install gnupg && add-apt-repository … && apt-get update`: nothing installs from the lists here either.
      const last = calls.findLastIndex((call) => !isUpdate(call) && !isCleanup(call));
      const update = calls.slice(last + 1).find(isUpdate);
      if (!update?.subcommand) return;
      // They refresh their metadata themselves: `update` upgrades the packages.
      const isUpgrade = /^(?:dnf5?|yum|microdnf|zypper)$/.test(update.tool) && /^up/.test(update.subcommand.value);
      if (isUpgrade && last >= 0) return;
      // Another program may install packages from the lists: rosdep, mk-build-deps, a script.
      const { start } = update.command.span;
      if (!node.script?.commands.every((command) => command.span.start < start || installsNothing(command))) return;
      // The lists are in a mount, where the next RUN finds them.
      if (node.flags.some(({ name }) => name === 'mount')) return;
      const isDropped = calls.slice(last + 1).some(({ subcommand }) => /^dist-?clean$/.test(subcommand?.value ?? ''));
      const isUnused =
        /^apt/.test(update.tool) && (isDropped || isRemovedAfter(node, update.command, ['/var/lib/apt/lists']));
      // Below an install it shows that a repository works.
      if (isUnused && last >= 0) return;
      const isRead = laterInstructions(dockerfile, node).some(({ script }) =>
        script?.commands.some((command) => systemInstall(command)?.has('--no-cache') === false),
      );
      report(update.subcommand.span, isUpgrade ? 'upgrade' : isUnused ? 'unused' : 'alone', {
        ...(isUpgrade ? { severity: 'info' as const } : {}),
        data: { tool: update.tool, subcommand: update.subcommand.value },
        fix:
          joinFix(dockerfile, node) ??
          removeFix(dockerfile, node) ??
          (isRead || isUpgrade ? undefined : { title: 'remove', safety: 'manual' }),
      });
    },
  }),
});

/** `apt-get clean` installs nothing. */
function isCleanup({ tool, subcommand }: PackageCommand): boolean {
  return /^apt/.test(tool) && /^(?:auto|dist-?)?clean$|^autoremove$/.test(subcommand?.value ?? '');
}

/** Removes a RUN that only downloads lists that nothing reads. */
function removeFix(dockerfile: DockerfileModel, node: Instruction): FixDraft<'remove'> | undefined {
  const commands = node.script?.commands ?? [];
  // With yum and dnf, `update` upgrades all packages.
  const isAlone = commands.every((command) => packageCommand(command, ['apt-get', 'apt', 'apk']) !== undefined);
  if (!isAlone || node.onbuild || !node.stage?.isFinal || node.form !== 'shell') return undefined;
  const later = laterInstructions(dockerfile, node);
  // It is unknown what another program installs.
  const needsLists = later.some((other) =>
    other.script?.commands.some(
      (command) =>
        systemInstall(command)?.has('--no-cache') === false || /^(?:sh|bash|curl|make)$|\.sh$/.test(command.name),
    ),
  );
  const edit = needsLists ? undefined : removeInstruction(dockerfile, node);
  return edit && { title: 'remove', safety: 'unsafe', edits: [edit] };
}

/**
 * Adds the update to each install that reads these lists. If all of them directly follow the update, merges the RUNs
 * instead.
 */
function joinFix(dockerfile: DockerfileModel, node: Instruction): FixDraft<'join'> | undefined {
  const readers = installsFromTheseLists(dockerfile, node);
  const [first, ...others] = readers;
  if (!first || node.onbuild || !readers.every((run) => canBegin(dockerfile, node, run))) return undefined;
  if (!isOnlyUpdate(node)) return takenOut(dockerfile, node, readers);
  const row = (node.stage?.instructions ?? [])
    .filter(({ span }) => span.start >= node.span.start)
    .slice(0, readers.length + 1);
  const isRow = readers.every((run, index) => run === row[index + 1]);
  const merged = isRow ? mergeRuns(dockerfile, row) : undefined;
  const edits =
    merged ?? (onlyTheseRead(dockerfile, node, readers) ? movedUpdate(dockerfile, node, first, others) : undefined);
  return edits && { title: 'join', safety: 'safe', edits, isolation: first.span.start };
}

/** Moves the update out of a RUN that does something else as well, such as `locale-gen`. */
function takenOut(
  dockerfile: DockerfileModel,
  node: Instruction,
  readers: readonly Instruction[],
): FixDraft<'join'> | undefined {
  const [update, another] = (node.script?.commands ?? []).filter(isListUpdate);
  const edit =
    update && !another && node.form === 'shell'
      ? (removeFromChain(dockerfile, node, update) ?? removeLast(dockerfile, node, update))
      : undefined;
  if (!update || !edit || !onlyTheseRead(dockerfile, node, readers)) return undefined;
  const fetch = dockerfile.text.slice(update.span.start, update.span.end);
  const edits = [edit, ...readers.flatMap((run) => fetchFirst(dockerfile, run, fetch))];
  return { title: 'join', safety: 'safe', edits, isolation: node.span.start };
}

/** False for `yum update`, which upgrades all packages: it cannot run again later like a download of lists. */
function isOnlyUpdate({ form, script, flags, heredocs }: Instruction): boolean {
  const items = script?.chain.items ?? [];
  return (
    form === 'shell' &&
    heredocs.length === 0 &&
    flags.length === 0 &&
    script?.errors.length === 0 &&
    script.chain.operators.every(({ text }) => text === '&&') &&
    items.every(({ kind, commands }) => kind === 'command' && commands.every(isListUpdate))
  );
}

function isListUpdate(command: ShellCommand): boolean {
  const call = packageCommand(command, ['apt-get', 'apt', 'apk', 'zypper']);
  const isUpgrade = call?.tool === 'zypper' && /^up/.test(call.subcommand?.value ?? '');
  return call !== undefined && isUpdate(call) && !isUpgrade && call.operands.length === 0;
}

function movedUpdate(
  dockerfile: DockerfileModel,
  node: Instruction,
  first: Instruction,
  others: readonly Instruction[],
): TextEdit[] {
  const { text } = dockerfile;
  const update = text.slice(node.body.start, node.body.end).trim();
  const start = startWithComments(text, node.span.start);
  const comments = text.slice(start, text.lastIndexOf('\n', node.span.start - 1) + 1);
  const lineEnd = text.indexOf('\n', node.span.end) + 1;
  // Otherwise two blank lines would remain.
  const blanks = /^(?:[ \t]*\r?\n)*/.exec(text.slice(lineEnd))?.[0].length ?? 0;
  const to = startWithComments(text, first.span.start);
  return [
    { span: { start, end: Math.min(lineEnd + blanks, to) }, newText: '' },
    ...(comments === '' ? [] : [{ span: { start: to, end: to }, newText: comments }]),
    ...[first, ...others].flatMap((run) => fetchFirst(dockerfile, run, update)),
  ];
}
