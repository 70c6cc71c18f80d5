import { runLayout } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'newline-per-command',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:newline-per-chained-call'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      shared: 'Two commands on one line of a multi-line RUN',
      split: 'Start a new line',
    },
    docs: {
      description: 'Put each command of a multi-line RUN on its own line',
      rationale:
        'In a RUN with several lines, readers look for commands at the start of a line. They miss a command in the middle of one.',
      fixSafety: { safe: 'the line is broken between commands, and Docker joins it again.' },
      bad: ['FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n'],
      good: [
        'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const { text } = dockerfile;
      const chain = node.script?.chain;
      if (node.keyword !== 'RUN' || node.form !== 'shell' || node.heredocs.length > 0 || !chain) return;
      if (!text.slice(node.body.start, node.body.end).includes('\n') || (node.script?.errors.length ?? 1) > 0) return;
      const { separator, operator } = runLayout(dockerfile, node);
      if (operator !== '&&') return;
      const shared = chain.operators.flatMap((one, at) => {
        const span = { start: chain.items[at]?.span.end ?? 0, end: chain.items[at + 1]?.span.start ?? 0 };
        return one.text === '&&' && span.end > span.start && !text.slice(span.start, span.end).includes('\n')
          ? [{ one, edit: { span, newText: separator } }]
          : [];
      });
      const [first] = shared;
      if (first)
        report(first.one.span, 'shared', {
          fix: { title: 'split', safety: 'safe', edits: shared.map(({ edit }) => edit) },
        });
    },
  }),
});
