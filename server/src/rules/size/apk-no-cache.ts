import { lacksOption } from '../../app/oldTools';
import { isMissedLater, isMounted, isRemovedAfter } from '../../commands/caches';
import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { removeFromChain } from '../../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { isOfInterest } from '../shared/isOfInterest';

const OPTION = '--no-cache';
const CACHE = ['/var/cache/apk'];
const MOUNTS = ['/var/cache/apk', '/etc/apk/cache'];

export default defineRule({
  meta: {
    id: 'apk-no-cache',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3019',
      'DS-0025',
      'DS025',
      'AVD-DS-0025',
      'kics:apk_add_using_local_cache_path',
      'semgrep:missing-apk-no-cache',
      'DF029',
    ],
    fixable: 'safe',
    waste: 'mends',
    messages: {
      missing: '`apk add` without --no-cache leaves the package index in the layer',
      update: '`apk update` leaves the package index in the layer',
      add: 'Add --no-cache',
      removeUpdate: 'Remove `apk update`: with `--no-cache`, apk fetches the index itself',
      byHand: 'Add --no-cache, and remove the cleanup below that expects a cache',
    },
    advice: { missing: 'byHand', update: 'byHand' },
    docs: {
      description: 'Add packages with apk add --no-cache',
      rationale:
        'With `--no-cache`, apk fetches the index, uses it and writes none of it to disk. Without it, and after `apk update`, the index stays in `/var/cache/apk` in the layer, where nothing reads it.',
      fixSafety: {
        safe: 'the same packages are installed.',
        notes:
          'An `apk update` earlier in the same chain is removed too, because apk fetches the index itself with `--no-cache`. An `apk upgrade` between them also gets the option.',
      },
      bad: ['FROM alpine:3.20\nRUN apk update && apk add curl\n'],
      good: [
        'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
        'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n',
        'FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*\n',
      ],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ dockerfile, settings, report }) => ({
    command(command, on) {
      const add = packageCommand(command, ['apk'], on);
      if (add?.has(OPTION) || lacksOption('apk', command, on)) return;
      if (!isOfInterest(dockerfile, on, settings) || isMounted(on, MOUNTS)) return;
      if (
        add?.subcommand?.value === 'update' &&
        settings.dialect !== 'hadolint' &&
        isNeedless(dockerfile, on, command)
      ) {
        const edit = isMissedLater(dockerfile, on, CACHE) ? undefined : removeFromChain(dockerfile, on, command);
        if (!edit) return report(add.subcommand.span, 'update');
        return report(add.subcommand.span, 'update', {
          fix: { title: 'removeUpdate', safety: 'safe', edits: [edit, ...upgrades(on)], isolation: on.span.start },
        });
      }
      if (add?.subcommand?.value !== 'add') return;
      // hadolint wants the option in any case.
      if (settings.dialect !== 'hadolint' && isRemovedAfter(on, command, CACHE)) return;
      if (add.has('--cache-dir', '--root', '-p', '--no-network')) return;
      const at = add.subcommand.span;
      // A later command that removes the index would find nothing and fail the build.
      if (isMissedLater(dockerfile, on, CACHE)) return report(at, 'missing');
      const edits = [addOption(add.subcommand, OPTION)];
      const update = updateBefore(dockerfile, on, command);
      if (update) edits.push(update, ...upgrades(on));
      edits.sort((a, b) => a.span.start - b.span.start);
      report(at, 'missing', {
        fix: { title: 'add', safety: 'safe', edits, isolation: on.span.start },
      });
    },
  }),
});

/** `apk upgrade`, which takes the index of `apk update`, fetches it itself. */
function upgrades(on: Instruction): TextEdit[] {
  const calls = (on.script?.commands ?? []).flatMap((command) => packageCommand(command, ['apk'], on) ?? []);
  return calls.flatMap(({ subcommand, has }) =>
    subcommand?.value === 'upgrade' && !has(OPTION) ? [addOption(subcommand, OPTION)] : [],
  );
}

/** True where each `apk add` behind this update fetches the index itself, and nothing removes it. */
function isNeedless(dockerfile: DockerfileModel, on: Instruction, update: ShellCommand): boolean {
  const others = (on.script?.commands ?? []).filter((command) => command !== update);
  const calls = others.flatMap((command) => packageCommand(command, ['apk']) ?? []);
  return (
    calls.some(({ subcommand }) => /^(?:add|upgrade)$/.test(subcommand?.value ?? '')) &&
    calls.every((call) => call.has(OPTION) || /^(?:del|info|upgrade)$/.test(call.subcommand?.value ?? '')) &&
    !isRemovedAfter(on, update, CACHE) &&
    !dockerfile.instructions.some((other) => other.span.start > on.span.start && needsIndex(other))
  );
}

/** Removes `apk update &&`; undefined if there is none, or if another command may need its index. */
function updateBefore(dockerfile: DockerfileModel, on: Instruction, add: ShellCommand): TextEdit | undefined {
  const commands = on.script?.commands ?? [];
  const calls = commands.filter((command) => packageCommand(command, ['apk']) !== undefined);
  const updates = calls.filter((command) => packageCommand(command, ['apk'])?.subcommand?.value === 'update');
  const adds = calls.filter((command) => packageCommand(command, ['apk'])?.subcommand?.value === 'add');
  const [update] = updates;
  if (!update || updates.length > 1 || adds[0] !== add || update.span.start > add.span.start) return undefined;
  const upgrading = calls.filter((command) => packageCommand(command, ['apk'])?.subcommand?.value === 'upgrade');
  if (calls.length !== updates.length + adds.length + upgrading.length || adds.length > 1) return undefined;
  if (dockerfile.instructions.some((other) => other.span.start > on.span.start && needsIndex(other))) return undefined;
  return removeFromChain(dockerfile, on, update);
}

/** True for an `apk add` that uses the index from an earlier layer. */
function needsIndex({ trigger, script }: Instruction): boolean {
  return ((trigger?.script ?? script)?.commands ?? []).some((command) => {
    const apk = packageCommand(command, ['apk']);
    return apk?.subcommand?.value === 'add' && !apk.has('--no-cache', '--update-cache', '--update', '-U');
  });
}
