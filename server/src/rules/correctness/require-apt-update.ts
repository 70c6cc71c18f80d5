import { baseFacts } from '../../app/effectiveUser';
import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { installsNothing } from '../../commands/packageLists';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Distro } from '../../knowledge/knowledgeBase';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'require-apt-update',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      missing: 'There are no package lists here: apt finds no package to install',
      add: 'Update the lists in this RUN',
    },
    docs: {
      description: 'Update the package lists before an install',
      rationale:
        'Official images of Debian and Ubuntu have no package lists, and `rm -rf /var/lib/apt/lists/*` deletes them. Without lists, apt finds no packages, and the build stops with `Unable to locate package`.',
      fixSafety: { unsafe: 'a file that is copied above may contain package lists.' },
      bad: [
        'FROM debian:12\nRUN apt-get install -y curl\n',
        'FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y curl\n',
      ],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: ['apt-get', 'apt', 'aptitude'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, APT);
      if (call?.subcommand?.value !== 'install' || !on.stage || command.isConditional) return;
      // `apt-get -f install` only repairs what is installed.
      const isNamed = call.operands.some(({ value }) => !/^[./]|\.deb$|[$*]/.test(value));
      if (!isNamed || !hasNoLists(on, command, baseFacts(on.stage, knowledge)?.distro)) return;
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

/**
 * True if it is certain that there are no lists: the base image has none, or an earlier RUN has deleted them, and
 * nothing since may have updated them.
 */
function hasNoLists(run: Instruction, command: ShellCommand, distro: Distro | undefined): boolean {
  const above = run.stage ? inheritedInstructions(run.stage) : [];
  const before = [...above.filter(({ span }) => span.end <= run.span.start), run];
  // The last that says anything decides.
  for (const node of before.reverse()) {
    if (node.keyword === 'COPY' && node.args.at(-1)?.value === '/') return false;
    if (node.keyword !== 'RUN') continue;
    const commands = node.script?.commands ?? [];
    const end = node === run ? commands.findIndex(({ span }) => span.start >= command.span.start) : commands.length;
    const last = commands.slice(0, end).findLast((other) => deletesLists(other) || mayUpdate(other));
    if (last) return deletesLists(last) && !last.isConditional;
    if (!node.script || node.flags.length > 0) return false;
  }
  // A third-party image may contain package lists.
  return distro === 'debian' || distro === 'ubuntu';
}

/** `rm -rf /var/lib/apt/lists/*`, `apt-get dist-clean` */
function deletesLists(command: ShellCommand): boolean {
  const { name, words } = command;
  if (name === 'rm') return words.some(({ value }) => /^\/var\/lib\/apt(?:\/lists)?(?:\/?|\/\*)$/.test(value));
  return packageCommand(command, APT)?.subcommand?.value === 'dist-clean';
}

function mayUpdate(command: ShellCommand): boolean {
  if (command.words.some(({ value }) => /update|apt-setup/.test(value))) return true;
  return !installsNothing(command) || /add-apt-repository/.test(command.name);
}

const APT = ['apt-get', 'apt', 'aptitude'];
