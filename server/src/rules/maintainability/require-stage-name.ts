import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-stage-name',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DF023'],
    fixable: 'unsafe',
    messages: {
      unnamed: 'Stage {index} has no name',
      name: 'Name it `{name}`',
    },
    docs: {
      description: 'Name every stage except the last',
      rationale: 'A name shows the purpose of a stage, and `docker build --target` can select it.',
      fixSafety: {
        unsafe: 'an image that is used further down may have the same name.',
        notes: 'You may also know a better name.',
      },
      bad: ['FROM golang:1.22\nRUN go build -o /app\nFROM debian:12\n'],
      good: ['FROM golang:1.22 AS build\nRUN go build -o /app\nFROM debian:12\n'],
      references: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
    },
  },
  create: ({ dockerfile: { stages }, report }) => ({
    stage({ name, index, from }) {
      if (name !== undefined || index === stages.length - 1) return;
      const at = from.span.end;
      const isTaken = stages.some((other) => other.name === `stage-${index}`);
      const free = isTaken ? `stage-${index}-of-${stages.length}` : `stage-${index}`;
      report(from.keywordSpan, 'unnamed', {
        data: { index },
        // If FROM already has extra words, the name would be one more.
        fix:
          from.args.length > 1
            ? undefined
            : {
                title: 'name',
                data: { name: free },
                safety: 'unsafe',
                edits: [{ span: { start: at, end: at }, newText: ` AS ${free}` }],
              },
      });
    },
  }),
});
