import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'from-as-casing',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S6476', 'FromAsCasing', 'dockerfile-utils:INVALID_AS'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      casing: '`{as}` does not match the case of `{from}`',
      match: 'Write `{wanted}`',
    },
    docs: {
      description: 'Write AS in the same case as FROM',
      rationale: '`FROM … as` and `from … AS` mean the same. Consistent case is easier to read and to search for.',
      fixSafety: { safe: 'Docker ignores case here.' },
      bad: ['FROM alpine:3.20 as base\n'],
      good: ['FROM alpine:3.20 AS base\n', 'from alpine:3.20 as base\n'],
      references: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      const as = node.args[1];
      if (as?.value.toUpperCase() !== 'AS') return;
      const from = text.slice(node.keywordSpan.start, node.keywordSpan.end);
      const isUpper = from === from.toUpperCase();
      // Another rule reports a FROM in mixed case.
      if (!isUpper && from !== from.toLowerCase()) return;
      const wanted = isUpper ? 'AS' : 'as';
      if (as.text === wanted) return;
      report(as.span, 'casing', {
        data: { as: as.text, from, wanted },
        fix: { title: 'match', safety: 'safe', edits: [{ span: as.span, newText: wanted }] },
      });
    },
  }),
});
