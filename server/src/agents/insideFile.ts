import type { ImageSummary } from '../optimizer/plan';
import type { PlanParts } from './optimizeDockerfile';

/** What a rewrite says of one of the Dockerfiles in a file. */
interface Part {
  readonly name: string;
  /** Why it stays as it is. */
  readonly error?: string | undefined;
}

export function refusalsOf(parts: readonly Part[]): string[] {
  return parts.flatMap(({ name, error }) => (error === undefined ? [] : [`${name}: ${error}`]));
}

/** The steps of the plans that were carried out, and the sums of their figures. */
export function planOfAll(parts: readonly (Part & Partial<PlanParts>)[]): PlanParts {
  const done = parts.filter(({ error }) => error === undefined);
  const summaries = done.flatMap(({ summary }) => summary ?? []);
  return {
    steps: done.flatMap(({ steps = [] }) => steps),
    skipped: done.flatMap(({ skipped = [] }) => skipped),
    files: done.flatMap(({ files = [] }) => files),
    summary: {
      before: sumOf(summaries.map(({ before }) => before)),
      after: sumOf(summaries.map(({ after }) => after)),
    },
  };
}

/** A size only where each of them is known. */
function sumOf(all: readonly ImageSummary[]): ImageSummary {
  const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const sizes = (['baseBytes', 'imageBytes'] as const).flatMap((name) => {
    const known = all.flatMap((figures) => figures[name] ?? []);
    return known.length > 0 && known.length === all.length ? [[name, add(known)] as const] : [];
  });
  return {
    layers: add(all.map(({ layers }) => layers)),
    rebuiltSteps: add(all.map(({ rebuiltSteps }) => rebuiltSteps)),
    ...Object.fromEntries(sizes),
  };
}
