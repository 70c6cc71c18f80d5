import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'group-labels',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:labels/prefer-grouped', 'tally:labels/prefer-stable-order'],
    fixable: 'safe',
    messages: {
      apart: 'This LABEL can be joined with the LABEL above',
      group: 'Join them',
    },
    docs: {
      description: 'Write consecutive labels as one LABEL',
      rationale: 'A single LABEL is one instruction to read and one line in the image history.',
      fixSafety: { safe: 'the labels and their values stay the same.' },
      bad: ['FROM debian:12\nLABEL a="1"\nLABEL b="2"\n'],
      good: ['FROM debian:12\nLABEL a="1" \\\n      b="2"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  create: ({ dockerfile: { text, escape }, report }) => ({
    stage({ instructions }) {
      for (const [at, node] of instructions.entries()) {
        const above = instructions[at - 1];
        if (above?.keyword !== 'LABEL' || node.keyword !== 'LABEL') continue;
        const between = text.slice(above.span.end, node.span.start);
        const isPlain =
          ![...above.pairs, ...node.pairs].some(({ isLegacy }) => isLegacy) && /^\r?\n[ \t]*$/.test(between);
        const lineEnd = between.includes('\r') ? '\r\n' : '\n';
        const edit = { span: { start: above.span.end, end: node.body.start }, newText: ` ${escape}${lineEnd}      ` };
        report(node.keywordSpan, 'apart', {
          fix: isPlain ? { title: 'group', safety: 'safe', edits: [edit], isolation: above.span.start } : undefined,
        });
      }
    },
  }),
});
