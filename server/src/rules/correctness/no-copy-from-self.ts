import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-copy-from-self',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3023',
      'DS-0006',
      'DS006',
      'AVD-DS-0006',
      'DF050',
      'kics:copy_from_references_current_from_alias',
      'semgrep:copy-from-own-alias',
      'dockerfile-utils:FLAG_INVALID_FROM_VALUE',
    ],
    fixable: 'manual',
    messages: {
      self: '`--from={name}` is the current stage',
      other: 'Name an earlier stage, or copy with `RUN cp`',
    },
    advice: { self: 'other' },
    docs: {
      description: 'Copy from other stages, not from the current one',
      rationale:
        'A stage cannot copy from itself while it is being built: `docker build` stops here, or pulls an image of that name from a registry.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM golang:1.22 AS build\nCOPY --from=build /app /app\n'],
      good: ['FROM golang:1.22 AS build\nRUN go build -o /app\nFROM debian:12\nCOPY --from=build /app /app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ report }) => ({
    instruction(node) {
      if (!node.stage) return;
      const { name, index } = node.stage;
      for (const flag of node.flags) {
        if (flag.name !== 'from' || flag.value === undefined) continue;
        if (flag.value.toLowerCase() === name || flag.value === `${index}`)
          report(flag.span, 'self', { data: { name: flag.value } });
      }
    },
  }),
});
