import { fromFlags } from '../../dockerfile/fromFlags';
import type { DockerfileModel, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-circular-stage',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:circular-stage-deps'],
    fixable: 'manual',
    messages: {
      circle: 'These stages depend on each other: {path}',
      image: 'Remove the COPY or FROM that closes the circle, or take it from an image',
    },
    advice: { circle: 'image' },
    docs: {
      description: 'Do not build a stage from a stage that needs it',
      rationale: 'Two stages that copy from each other can never be built: Docker rejects the file.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12 AS a\nCOPY --from=b /x /x\nFROM a AS b\n'],
      good: ['FROM debian:12 AS a\nFROM a AS b\nCOPY --from=a /x /x\n'],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  create: ({ dockerfile, report }) => {
    const needed = neededStages(dockerfile);
    return {
      stage(stage) {
        // Reported once, at the first stage of the circle.
        const path = wayBack(needed, stage, stage, new Set());
        if (!path || path.length < 2) return;
        const names = [...path, stage].map(({ name, index }) => name ?? String(index));
        report(stage.from.span, 'circle', { data: { path: names.join(' → ') } });
      },
    };
  },
});

type NeededStages = ReadonlyMap<Stage, readonly Stage[]>;

/**
 * The stages on a path back to the start, through later stages only. Each stage is visited once, however many paths
 * lead to it.
 */
function wayBack(needed: NeededStages, start: Stage, stage: Stage, seen: Set<Stage>): readonly Stage[] | undefined {
  seen.add(stage);
  for (const next of needed.get(stage) ?? []) {
    if (next === start) return [stage];
    if (next.index < start.index || seen.has(next)) continue;
    const found = wayBack(needed, start, next, seen);
    if (found) return [stage, ...found];
  }
  return undefined;
}

function neededStages({ stages, text }: DockerfileModel): NeededStages {
  const called = new Map<string | undefined, Stage>();
  for (const stage of stages) called.set(stage.name, stage).set(String(stage.index), stage);
  return new Map(
    stages.map((stage) => {
      const base = stage.base.kind === 'stage' ? [stage.base.stage] : [];
      const sources = stage.instructions.flatMap((node) => fromFlags(node, text));
      return [stage, [...base, ...sources.flatMap(({ reference }) => called.get(reference.toLowerCase()) ?? [])]];
    }),
  );
}
