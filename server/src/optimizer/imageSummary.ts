import { estimateSizes } from '../app/estimateSizes';
import { finalStage, lineage } from '../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { anyOf } from '../text/pattern';
import type { ImageSummary } from './plan';

const LAYERS = new Set(['ADD', 'COPY', 'RUN', 'WORKDIR']);

/** Layers, base size and rebuilt steps of the final image, derived from the file without a build. */
export function imageSummary(
  dockerfile: DockerfileModel,
  knowledge: KnowledgeBase,
  buildContext: BuildContext | undefined,
): ImageSummary {
  const final = finalStage(dockerfile);
  const parents = final ? lineage(final) : [];
  const sizes = estimateSizes(dockerfile, knowledge, buildContext);
  const [first] = parents;
  const baseBytes = first?.base.kind === 'image' ? sizes.find(({ stage }) => stage === first)?.base?.bytes : undefined;
  const layers = parents
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => LAYERS.has(keyword)).length;
  const imageBytes = sizes.find(({ stage }) => stage === final)?.bytes;
  return {
    layers,
    rebuiltSteps: rebuiltRuns(dockerfile.stages).size,
    ...(baseBytes === undefined ? {} : { baseBytes }),
    ...(imageBytes === undefined ? {} : { imageBytes }),
  };
}

/** RUNs after a copy of the sources, in the same stage and in stages that are built on it. */
export function rebuiltRuns(stages: readonly Stage[]): ReadonlySet<Instruction> {
  const changed = new Set<Stage>();
  const rebuilt = new Set<Instruction>();
  for (const stage of stages) {
    let isChanged = stage.base.kind === 'stage' && changed.has(stage.base.stage);
    for (const node of stage.instructions) {
      isChanged ||= takesSources(node, changed, stages);
      if (isChanged && node.keyword === 'RUN') rebuilt.add(node);
    }
    if (isChanged) changed.add(stage);
  }
  return rebuilt;
}

/**
 * True if a COPY copies the sources. Manifests change rarely: a copy that names only files, no directories, does not
 * count.
 */
function takesSources(node: Instruction, changed: ReadonlySet<Stage>, stages: readonly Stage[]): boolean {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  const from = node.flags.find(({ name }) => name === 'from')?.value;
  if (from !== undefined) {
    const stage = stages.find(({ name, index }) => name === from.toLowerCase() || `${index}` === from);
    // Dependencies stay the same when the sources change.
    return (
      stage !== undefined &&
      changed.has(stage) &&
      !node.args.some(({ value }) => /node_modules|venv|bundle|vendor|recipe\.json/.test(value))
    );
  }
  return node.args.slice(0, -1).some(({ value }) => !MANIFEST.test(value));
}

const MANIFEST = anyOf(
  /(?:^|\/)(?:package[^/]*\.json|[^/]*\.lock|pnpm-(?:lock|workspace)\.yaml|\.npmrc|\.yarnrc(?:\.yml)?|prisma)\*?\/?$/,
  /(?:^|\/)(?:requirements[^/]*\.txt|pyproject\.toml|(?:Pipfile|Gemfile|composer\.|Cargo\.)[^/]*)\*?\/?$/,
  /(?:^|\/)(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|gradle\.properties|gradlew?|mvnw|\.mvn)\*?\/?$/,
  /(?:^|\/)(?:go\.(?:mod|sum)|rust-toolchain(?:\.toml)?|mix\.exs|[^/]*\.(?:(?:cs|fs|vb)proj|slnx?))\*?\/?$/,
);
