import { joinedCommand } from '../../commands/joinedCommand';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-missing-operator',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      joined: '`{inner}` becomes an argument of `{outer}`: `&&` is missing before it',
      insert: 'Insert `&&`',
    },
    docs: {
      description: 'Write `&&` between the commands of a RUN',
      rationale:
        'A backslash only joins lines. Without `&&`, the next command and its options become arguments of the one above: `apt-get install` looks for a package named `rm`.',
      fixSafety: { unsafe: 'the second command did not run before.' },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl \\\n    rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#run'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction({ script }) {
      for (const command of script?.commands ?? []) {
        const inner = joinedCommand(command, text);
        if (!inner) continue;
        const at = inner.span.start;
        report(inner.span, 'joined', {
          data: { inner: inner.value, outer: command.name },
          fix: { title: 'insert', safety: 'unsafe', edits: [{ span: { start: at, end: at }, newText: '&& ' }] },
        });
      }
    },
  }),
});
