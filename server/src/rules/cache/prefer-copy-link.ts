import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-copy-link',
    group: 'cache',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      link: 'Without `--link`, this layer is rebuilt when a layer below it changes',
      add: 'Add `--link`',
    },
    docs: {
      description: 'Copy from other stages with --link',
      rationale:
        'A layer created with `--link` does not depend on the layers below it: it stays cached when the base image changes. Off by default, because a destination that is a symbolic link in the image is replaced by a directory.',
      fixSafety: {
        unsafe: 'the step then needs BuildKit, and behaves differently when the destination is a symbolic link.',
      },
      bad: ['FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=build /app /app\n'],
      good: ['FROM golang:1.22 AS build\nFROM debian:12\nCOPY --link --from=build /app /app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---link'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ report }) => ({
    instruction(node) {
      if (!node.flags.some(({ name }) => name === 'from') || node.flags.some(({ name }) => name === 'link')) return;
      const at = node.keywordSpan.end;
      report(node.keywordSpan, 'link', {
        fix: { title: 'add', safety: 'unsafe', edits: [{ span: { start: at, end: at }, newText: ' --link' }] },
      });
    },
  }),
});
