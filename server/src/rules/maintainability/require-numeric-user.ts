import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'require-numeric-user',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DL3066'],
    fixable: 'unsafe',
    messages: {
      named: '`{user}` is a name: Kubernetes cannot verify that it is not root',
      numeric: 'Use the user ID, {id}',
    },
    docs: {
      description: 'Use a number in USER',
      rationale:
        'With `runAsNonRoot`, Kubernetes checks the user ID. A name is defined only inside the image, so Kubernetes does not start the container. Off by default, because a name is easier to read elsewhere.',
      fixSafety: { unsafe: 'with a number, the container does not get the supplementary groups of the user.' },
      bad: ['FROM debian:12\nRUN useradd -u 1001 app\nUSER app\n'],
      good: ['FROM debian:12\nRUN useradd -u 1001 app\nUSER 1001\n'],
      references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    },
  },
  visits: { keywords: ['USER'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      const [user = ''] = word?.value.split(':') ?? [];
      if (!word || user === '' || /^\d+$/.test(user) || user.includes('$')) return;
      const id = numberOf(node, user);
      report(word.span, 'named', {
        data: { user },
        fix:
          id === undefined || word.value.includes(':')
            ? undefined
            : { title: 'numeric', data: { id }, safety: 'unsafe', edits: [{ span: word.span, newText: id }] },
      });
    },
  }),
});

/** The id that an earlier command gives the user; root's is known. */
function numberOf(node: Instruction, user: string): string | undefined {
  if (user === 'root') return '0';
  const above = node.stage ? inheritedInstructions(node.stage) : [];
  for (const run of above) {
    if (run.keyword !== 'RUN' || run.span.start > node.span.start) continue;
    for (const command of run.script?.commands ?? []) {
      if (command.name !== 'useradd' && command.name !== 'adduser') continue;
      const { option, operands } = readOptions(command);
      const id = option('-u', '--uid')?.value;
      if (operands.some(({ value }) => value === user) && id !== undefined && /^\d+$/.test(id)) return id;
    }
  }
  return undefined;
}
