import type { DockerfileModel, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { parseDockerignore } from '../engine/dockerignore';
import type { ServiceRun } from '../engine/serviceRun';
import type { ImageFacts, KnowledgeBase } from '../knowledge/knowledgeBase';
import { type CopiedFiles, copiedFiles } from './copiedFiles';
import { ignoreFileOf } from './ignoreFile';

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
}

export function createSite(
  dockerfile: DockerfileModel,
  stage: Stage,
  knowledge: KnowledgeBase,
  buildContext: BuildContext,
  services: readonly ServiceRun[] = [],
): Site | undefined {
  const facts = stage.base.kind === 'image' ? knowledge.image(stage.base.image) : undefined;
  return facts && siteOn(facts, dockerfile, stage, knowledge, buildContext, services);
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
  return { dockerfile, stage, knowledge, facts, context, project: buildContext, copied, services };
}

/** The context as `docker build` sees it; undefined when it is unknown which files are excluded. */
export function contextOfBuild(context: BuildContext): BuildContext | undefined {
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
