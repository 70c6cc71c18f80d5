import { copiedStage } from '../dockerfile/copiedStage';
import { lineage } from '../dockerfile/lineage';
import type { DockerfileModel, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { parseDockerignore } from '../engine/dockerignore';
import type { ServiceRun } from '../engine/serviceRun';
import type { ImageFacts, KnowledgeBase } from '../knowledge/knowledgeBase';
import { type CopiedFiles, copiedFiles } from './copiedFiles';
import { ignoreFileOf } from './ignoreFile';
import { servicesOf } from './servicesOf';

/** A final stage with everything known about its base and its content. */
export interface Site {
  readonly dockerfile: DockerfileModel;
  readonly stage: Stage;
  readonly knowledge: KnowledgeBase;
  readonly facts: ImageFacts;
  /** The files that a build sees: without those that `.dockerignore` excludes. */
  readonly context: BuildContext;
  /** All files beside the Dockerfile. */
  readonly project: BuildContext;
  readonly copied: CopiedFiles;
  /** How Compose runs the image. */
  readonly services: readonly ServiceRun[];
  /** The project builds the stage by its name. */
  readonly isNamed?: boolean;
  /** The stages that the program comes from; set by `siteOfProgram`. */
  readonly behind?: readonly Stage[];
}

export function createSite(
  dockerfile: DockerfileModel,
  stage: Stage,
  knowledge: KnowledgeBase,
  buildContext: BuildContext,
  services: readonly ServiceRun[] = [],
): Site | undefined {
  const facts = systemFacts(stage, knowledge);
  return facts && siteOn(facts, dockerfile, stage, knowledge, buildContext, services);
}

/** Of these images only the distribution is known, not what they have installed. */
const ONLY_DISTRIBUTION = /^(?:nvcr\.io\/)?nvidia\/cuda$/;

/** What is known of the image, if this includes its packages. */
export function systemFacts({ base }: Stage, knowledge: KnowledgeBase): ImageFacts | undefined {
  return base.kind === 'image' && !ONLY_DISTRIBUTION.test(base.image.name) ? knowledge.image(base.image) : undefined;
}

/** For an image about which the caller knows more than our data. */
export function siteOn(
  facts: ImageFacts,
  dockerfile: DockerfileModel,
  stage: Stage,
  knowledge: KnowledgeBase,
  buildContext: BuildContext,
  services: readonly ServiceRun[] = [],
): Site | undefined {
  const context = contextOfBuild(buildContext);
  if (!context) return undefined;
  const copied = copiedFiles(stage, context);
  return {
    dockerfile,
    stage,
    knowledge,
    facts,
    context,
    project: buildContext,
    copied,
    services: servicesOf(stage, services),
  };
}

/**
 * The site with the files of the stages that it copies from: the program is compiled from them. Where a COPY cannot be
 * followed, every file of the context may be one.
 */
export function siteOfProgram(site: Site): Site {
  const behind = stagesBehind(site);
  const copied = [...behind.map((stage) => copiedFiles(stage, site.context)), site.copied];
  const files = copied.every(({ isComplete }) => isComplete)
    ? copied.flatMap((one) => [...one.files])
    : [...site.context.files.keys()].map((path): [string, string] => [path, path]);
  return { ...site, behind, copied: { files: new Map(files), isComplete: true } };
}

/** Pages that Node.js builds for a server in another language start nothing in its image. */
function stagesBehind({ dockerfile, stage }: Site): Stage[] {
  const found = new Set<Stage>();
  const visit = (one: Stage): void => {
    for (const from of lineage(one).flatMap(({ instructions }) =>
      instructions.flatMap((node) => copiedStage(dockerfile, node) ?? []),
    ))
      if (!found.has(from) && (isNode(stage) || !isNode(from))) {
        for (const part of lineage(from)) found.add(part);
        visit(from);
      }
  };
  visit(stage);
  return [...found];
}

function isNode(stage: Stage): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)(?:node|bun)$/.test(base.image.repository);
}

const seen = new WeakMap<BuildContext, { readonly context: BuildContext | undefined }>();

/** The context as `docker build` sees it; undefined when it is unknown which files are excluded. */
export function contextOfBuild(context: BuildContext): BuildContext | undefined {
  const known = seen.get(context) ?? { context: withoutIgnored(context) };
  seen.set(context, known);
  return known.context;
}

function withoutIgnored(context: BuildContext): BuildContext | undefined {
  const file = ignoreFileOf(context);
  const dockerignore = context.read(file);
  if (dockerignore === undefined && context.files.has(file)) return undefined;
  const ignore = parseDockerignore(dockerignore ?? '');
  if (!ignore) return undefined;
  const unlisted = context.unlisted.filter((folder) => folder === '' || !ignore.isIgnored(folder));
  return {
    files: new Map([...context.files].filter(([path]) => !ignore.isIgnored(path))),
    read: (path) => (ignore.isIgnored(path) ? undefined : context.read(path)),
    unlisted,
    isComplete: unlisted.length === 0,
  };
}
