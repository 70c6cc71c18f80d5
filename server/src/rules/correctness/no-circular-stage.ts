import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-circular-stage',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    aliases: ['tally:circular-stage-deps'],
    messages: {
      circle: 'The stages need each other: {path}',
    },
    docs: {
      description: 'Build no stage from one that needs it',
      rationale: 'A stage that copies from a stage that copies from it can never begin: Docker refuses the file.',
      bad: ['FROM debian:12 AS a\nCOPY --from=b /x /x\nFROM a AS b\n'],
      good: ['FROM debian:12 AS a\nFROM a AS b\nCOPY --from=a /x /x\n'],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  create: ({ dockerfile: { stages }, report }) => ({
    stage(stage) {
      // Told once, at the first stage of the circle.
      const path = wayBack(stages, stage, [stage]);
      if (!path || path.some(({ index }) => index < stage.index) || path.length < 2) return;
      const names = [...path, stage].map(({ name, index }) => name ?? String(index));
      report(stage.from.span, 'circle', { data: { path: names.join(' → ') } });
    },
  }),
});

/** The stages on the way from the last of `path` back to its first. */
function wayBack(stages: readonly Stage[], start: Stage, path: readonly Stage[]): readonly Stage[] | undefined {
  const last = path.at(-1);
  for (const next of stages) {
    if (!last || !needs(last, next)) continue;
    if (next === start) return path;
    const found = path.includes(next) ? undefined : wayBack(stages, start, [...path, next]);
    if (found) return found;
  }
  return undefined;
}

function needs(stage: Stage, other: Stage): boolean {
  if (stage.base.kind === 'stage' && stage.base.stage === other) return true;
  return stage.instructions.some(({ keyword, flags }) =>
    flags.some(({ name, value, options }) => {
      const from = keyword === 'COPY' && name === 'from' ? value : name === 'mount' ? options.get('from') : undefined;
      return from !== undefined && (from.toLowerCase() === other.name || from === String(other.index));
    }),
  );
}
