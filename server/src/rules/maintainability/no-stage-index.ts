import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-stage-index',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['kics:using_unnamed_build_stages'],
    fixable: 'safe',
    messages: {
      index: 'Stage {index} is referenced by number, which changes if a stage is inserted',
      name: 'Name the stage `{name}`',
    },
    docs: {
      description: 'Refer to stages by name',
      rationale:
        'The number of a stage is its position. If you insert a stage above it, `--from=0` copies from a different stage without any warning.',
      fixSafety: { safe: 'the reference is to the same stage, and no other stage or base image has the new name.' },
      bad: ['FROM golang:1.22\nRUN go build -o /app\nFROM debian:12\nCOPY --from=0 /app /app\n'],
      good: ['FROM golang:1.22 AS build\nRUN go build -o /app\nFROM debian:12\nCOPY --from=build /app /app\n'],
      references: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ dockerfile: { stages, text }, report }) => ({
    instruction(node) {
      for (const flag of node.flags) {
        const index =
          node.keyword === 'COPY' && flag.name === 'from' && /^\d+$/.test(flag.value ?? '')
            ? Number(flag.value)
            : undefined;
        const stage = index === undefined ? undefined : stages[index];
        if (!stage || !node.stage || stage.index >= node.stage.index) continue;
        const name = stage.name ?? newName(stages, stage);
        const at = stage.from.span.end;
        const isOneLine = !text.slice(stage.from.span.start, at).includes('\n');
        const rename = { span: flag.span, newText: `--from=${name}` };
        const edits =
          stage.name === undefined ? [{ span: { start: at, end: at }, newText: ` AS ${name}` }, rename] : [rename];
        report(flag.span, 'index', {
          data: { index: stage.index },
          fix:
            isOneLine || stage.name !== undefined
              ? {
                  title: 'name',
                  data: { name },
                  safety: 'safe',
                  edits,
                  isolation: stage.from.span.start,
                }
              : undefined,
        });
      }
    },
  }),
});

/** `build`, or a name with the stage's index if `build` is taken or may be an image name here. */
function newName(stages: readonly Stage[], { index }: Stage): string {
  const names = stages.flatMap(({ name, from }) => [name, from.args[0]?.value]);
  return names.includes('build') || index > 0 ? `stage-${index}` : 'build';
}
