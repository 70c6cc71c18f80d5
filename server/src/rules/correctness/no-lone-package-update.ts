import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { laterInstructions } from '../shared/finalStages';
import { mergeRuns } from '../shared/mergeRuns';
import { removeInstruction } from '../shared/removeInstruction';

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
    fixable: 'safe',
    messages: {
      alone: '`{tool} {subcommand}` in a RUN of its own: the cache keeps old lists',
      join: 'Join `{tool} {subcommand}` with the next RUN',
      remove: 'Remove `{tool} {subcommand}`: nothing is installed after it',
    },
    docs: {
      description: 'Update the package lists in the RUN that installs',
      rationale:
        'The layer of a lone update is taken from the cache for as long as the line stays the same. What is installed below then comes from lists that are weeks old: packages are missing, or have vulnerabilities that have long been fixed.',
      fixSafety:
        'Safe where the RUN right below installs, and both have the same flags: the same commands run in the same order. Where nothing is installed after it, taking it out is your choice: an image that is built on this one may count on the lists. Elsewhere you have to say where the update belongs.',
      bad: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const calls = (node.script?.commands ?? []).flatMap((command) => packageCommand(command, SYSTEM_MANAGERS) ?? []);
      const update = calls.find(isUpdate);
      if (!update?.subcommand || calls.some((call) => !isUpdate(call))) return;
      // The lists lie in a mount, where the next RUN finds them.
      if (node.flags.some(({ name }) => name === 'mount')) return;
      report(update.subcommand.span, 'alone', {
        data: { tool: update.tool, subcommand: update.subcommand.value },
        fix: joinFix(dockerfile, node) ?? removeFix(dockerfile, node),
      });
    },
  }),
});

const UPDATES: ReadonlySet<string> = new Set(['update', 'refresh', 'ref']);

/** `apk add --update` and `apk update && apk add` are one; `yum update` is an upgrade, and stands alone as badly. */
function isUpdate({ subcommand, tool, operands }: PackageCommand): boolean {
  return UPDATES.has(subcommand?.value ?? '') && !(tool !== 'apt-get' && tool !== 'apt' && operands.length > 0);
}

/** A RUN that only fetches lists which nobody reads. */
function removeFix(dockerfile: DockerfileModel, node: Instruction): FixDraft<'remove'> | undefined {
  const commands = node.script?.commands ?? [];
  // With yum and dnf an update brings everything up to date.
  const isAlone = commands.every((command) => packageCommand(command, ['apt-get', 'apt', 'apk']) !== undefined);
  if (!isAlone || node.onbuild || !node.stage?.isFinal || node.form !== 'shell') return undefined;
  const later = laterInstructions(dockerfile, node);
  // What another program installs is not known.
  const needsLists = later.some((other) =>
    other.script?.commands.some(
      (command) => systemInstall(command) || /^(?:sh|bash|curl|make)$|\.sh$/.test(command.name),
    ),
  );
  const edit = needsLists ? undefined : removeInstruction(dockerfile, node);
  return edit && { title: 'remove', safety: 'unsafe', edits: [edit] };
}

function installsWithoutUpdate({ keyword, script }: Instruction): boolean {
  const calls = (keyword === 'RUN' ? (script?.commands ?? []) : []).flatMap(
    (command) => packageCommand(command, SYSTEM_MANAGERS) ?? [],
  );
  return calls.some(({ command }) => systemInstall(command)) && !calls.some(isUpdate);
}

/** Where the very next instruction installs, and the two join without a difference. */
function joinFix(dockerfile: DockerfileModel, node: Instruction): FixDraft<'join'> | undefined {
  const instructions = node.stage?.instructions ?? [];
  const next = instructions[instructions.indexOf(node) + 1];
  if (node.onbuild || next?.keyword !== 'RUN') return undefined;
  const installs = (next.script?.commands ?? []).some(systemInstall);
  // Other RUNs read the lists as well: they would stay in the layer for them.
  const others = instructions.slice(instructions.indexOf(next) + 1);
  if (!installs || others.some(installsWithoutUpdate)) return undefined;
  const edits = mergeRuns(dockerfile, [node, next]);
  return edits && { title: 'join', safety: 'safe', edits, isolation: `instruction:${next.span.start}` };
}
