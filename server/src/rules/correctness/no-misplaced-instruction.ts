import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-misplaced-instruction',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3061', 'DF037', 'dockerfile-utils:NO_SOURCE_IMAGE'],
    fixable: 'manual',
    messages: {
      misplaced: '`{keyword}` is not allowed above the first FROM',
      below: 'Move it below the first FROM',
    },
    advice: { misplaced: 'below' },
    docs: {
      description: 'Start with FROM, or with the ARGs that it needs',
      rationale:
        'Above the first FROM there is no image to change: `docker build` stops here. Only ARG is allowed there.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['LABEL a="b"\nFROM debian:12\n'],
      good: ['ARG TAG=12\nFROM debian:$TAG\nLABEL a="b"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#format'],
    },
  },
  create: ({ report, dockerfile }) => ({
    instruction(node) {
      if (node.stage || node.onbuild || node.keyword === 'ARG' || node.keyword === 'FROM') return;
      // What is above may be a misspelled FROM, and parse-error reports what is not an instruction.
      const isBelowUnknown = dockerfile.errors.some(
        ({ kind, span }) => kind === 'unknown-instruction' && span.start <= node.span.start,
      );
      if (!isBelowUnknown) report(node.keywordSpan, 'misplaced', { data: { keyword: node.keyword } });
    },
  }),
});
