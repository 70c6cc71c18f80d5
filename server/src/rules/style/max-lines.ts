import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'max-lines',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:max-lines'],
    messages: {
      long: '{lines} lines: the limit is {max}',
    },
    docs: {
      description: 'Keep a Dockerfile short',
      rationale:
        'A file of several hundred lines builds more than one image, or contains scripts that belong in separate files.',
      bad: [],
      good: ['FROM debian:12\n'],
      references: ['https://docs.docker.com/build/building/best-practices/'],
    },
  },
  create: ({ report }) => ({
    file({ text, stages }) {
      const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#')).length;
      const first = stages[0]?.from.keywordSpan;
      if (lines > MAX_LINES && first) report(first, 'long', { data: { lines, max: MAX_LINES } });
    },
  }),
});

const MAX_LINES = 300;
