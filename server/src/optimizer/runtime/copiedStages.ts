import type { Stage } from '../../dockerfile/model';

/** The stages that everything is copied from; undefined if one of the sources is an image. */
export function copiedStages(stage: Stage, stages: readonly Stage[]): Stage[] | undefined {
  const found = new Set<Stage>();
  for (const node of stage.instructions) {
    const from = node.flags.find(({ name }) => name === 'from')?.value?.toLowerCase();
    if (from === undefined) continue;
    const other = stages.find(({ name, index }) => name === from || `${index}` === from);
    if (!other) return undefined;
    found.add(other);
  }
  return [...found];
}
