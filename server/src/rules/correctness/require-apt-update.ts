import { baseFacts } from '../../app/effectiveUser';
import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'require-apt-update',
    group: 'correctness',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      missing: 'No step above updates the package lists for this install',
      add: 'Update the lists in this RUN',
    },
    docs: {
      description: 'Update the package lists before an install',
      rationale:
        'Base images have no package lists, and the lists in an earlier layer are as old as that layer. Without lists, apt finds no packages.',
      fixSafety: { unsafe: 'the packages may be newer than those in the lists of the base image.' },
      bad: ['FROM debian:12\nRUN apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: ['apt-get', 'apt', 'aptitude'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['apt-get', 'apt', 'aptitude']);
      if (call?.subcommand?.value !== 'install' || !on.stage || command.isConditional) return;
      // A third-party image may contain package lists.
      const distro = baseFacts(on.stage, knowledge)?.distro;
      if (distro !== 'debian' && distro !== 'ubuntu') return;
      const isLocal = call.operands.length > 0 && call.operands.every(({ value }) => /^[./]|\.deb$|[$*]/.test(value));
      if (isLocal || on.flags.some(({ name }) => name === 'mount') || isUpdatedBefore(on, command)) return;
      const at = command.span.start;
      const isPlain = command.chain.items[command.itemIndex]?.kind === 'command' && !command.isSubstitution;
      report(call.subcommand.span, 'missing', {
        fix: isPlain
          ? {
              title: 'add',
              safety: 'unsafe',
              edits: [{ span: { start: at, end: at }, newText: `${sudoPrefix(command)}${call.tool} update && ` }],
            }
          : undefined,
      });
    },
  }),
});

/** True if a command of this RUN or an earlier one updates the lists, or a script may do so. */
function isUpdatedBefore(run: Instruction, command: ShellCommand): boolean {
  const above = run.stage ? inheritedInstructions(run.stage) : [];
  return above.some((node) => {
    if (node.keyword !== 'RUN' || node.span.start > run.span.start) return false;
    if (!node.script) return true;
    return node.script.commands.some(
      (other) =>
        other.span.start < command.span.start &&
        (other.words.some(({ value }) => /\bupdate\b/.test(value)) ||
          !/^[a-z][\w.+-]*$/.test(other.name) ||
          /\.sh$|^(?:ba|da)?sh$|^eatmydata$/.test(other.name)),
    );
  });
}
