import { defineRule } from '../../engine/rule';
import { blanksAfter } from '../../text/blanks';

export default defineRule({
  meta: {
    id: 'no-redundant-platform',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3065', 'RedundantTargetPlatform'],
    fixable: 'safe',
    messages: {
      redundant: '`{flag}` is the default of FROM',
      remove: 'Remove the flag',
    },
    docs: {
      description: 'Leave out --platform=$TARGETPLATFORM',
      rationale: 'FROM uses the target platform by default. Naming it has no effect, but looks as if it had one.',
      fixSafety: { safe: 'the default is the same platform.' },
      bad: ['FROM --platform=$TARGETPLATFORM alpine:3.20\n'],
      good: ['FROM alpine:3.20\n', 'FROM --platform=$BUILDPLATFORM golang:1.22 AS build\n'],
      references: ['https://docs.docker.com/reference/build-checks/redundant-target-platform/'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      for (const flag of node.flags) {
        if (flag.name !== 'platform' || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value ?? '')) continue;
        const span = { start: flag.span.start, end: flag.span.end + blanksAfter(text, flag.span.end) };
        report(flag.span, 'redundant', {
          data: { flag: text.slice(flag.span.start, flag.span.end) },
          fix: { title: 'remove', safety: 'safe', edits: [{ span, newText: '' }] },
        });
      }
    },
  }),
});
