import type { ConfigVariant, EffectiveConfig } from '../engine/config';
import { baseName } from '../text/paths';
import { isLocal, type Known, type NamedBuild, type OwnBuild } from './builds/buildPart';
import { type BuildVariant, type CommonBuild, commonBuild, variantsOf } from './builds/commonBuild';
import {
  BUILD_FILE_FOLDERS,
  DEVCONTAINER_FOLDER,
  isComposeFile,
  isForDevelopment,
  MAIN_COMPOSE_FILES,
} from './fileNames';
import type { ProjectFiles } from './projectFiles';
import { beside, pathFrom } from './relativePath';

/** How many folders are searched, from that of the Dockerfile upward. */
const MAX_FOLDERS = 8;

/** How the Compose and Bake files of the project build one Dockerfile, where they agree. */
export interface ProjectBuild extends CommonBuild {
  /** What differs among the builds; none when all are the same. */
  readonly variants: readonly BuildVariant[];
}

interface PlacedBuild extends NamedBuild {
  readonly contextFolder: string;
  /** The searched folder: that of the file that defines it, or its parent. */
  readonly folder: string;
  /** The folder of that file. */
  readonly fileFolder: string;
  readonly dockerfilePath: string;
}

export interface BuildFinder {
  of(dockerfilePath: string): ProjectBuild | undefined;
  /** Of a Dockerfile inside the file at a path. */
  ofInline(path: string, builds: readonly OwnBuild[]): ProjectBuild | undefined;
}

/**
 * Finds the builds of a Dockerfile in Compose and Bake files beside it or in parent folders, up to one of the roots,
 * and in the folders directly in these that usually hold such files; undefined when there are none. Each folder is
 * read once.
 */
export function createBuildFinder(host: ProjectFiles, isRoot: (folder: string) => boolean): BuildFinder {
  const known = new Map<string, readonly PlacedBuild[]>();
  const buildsIn = (folder: string): readonly PlacedBuild[] => {
    let builds = known.get(folder);
    if (!builds) {
      builds = placedBuilds(host, folder);
      known.set(folder, builds);
    }
    return builds;
  };
  const rootOf = (path: string): string | undefined => {
    let folder = host.parentOf(path);
    for (let count = 0; folder !== undefined && count < MAX_FOLDERS; count++) {
      if (isRoot(folder)) return folder;
      folder = host.parentOf(folder);
    }
    return host.parentOf(path);
  };
  const of = (dockerfilePath: string): ProjectBuild | undefined => {
    const wanted = portable(dockerfilePath);
    const all: PlacedBuild[] = [];
    let root: string | undefined;
    let folder = host.parentOf(dockerfilePath);
    for (let count = 0; folder !== undefined && count < MAX_FOLDERS; count++) {
      all.push(...buildsIn(folder).filter(({ dockerfilePath }) => isFileOf(dockerfilePath, wanted)));
      if (isRoot(folder)) root = folder;
      folder = root === undefined ? host.parentOf(folder) : undefined;
    }
    return projectBuild(
      countingBuilds(all).map((build) => ({
        ...build,
        contextFolder: usable(build.contextFolder, root ?? build.folder),
      })),
    );
  };
  return { of, ofInline: (path, builds) => inlineBuild(path, builds, rootOf(path)) };
}

/** What is known of the builds of one Dockerfile; undefined when there are none. */
export function projectBuild(builds: Parameters<typeof variantsOf>[0]): ProjectBuild | undefined {
  return builds.length === 0 ? undefined : { ...commonBuild(builds), variants: variantsOf(builds) };
}

/** Of a Dockerfile inside a file. */
function inlineBuild(path: string, builds: readonly OwnBuild[], root: string | undefined): ProjectBuild | undefined {
  // The file that an override is laid over may give the context.
  const given = isComposeFile(path) && !MAIN_COMPOSE_FILES.includes(baseName(path)) ? null : '.';
  const folderOf = (context: Known = given): string | undefined =>
    context === null || !isLocal(context) || root === undefined
      ? undefined
      : usable(beside(portable(path), context) || '/', root);
  return projectBuild(builds.map(({ owner, part }) => ({ ...part, owner, contextFolder: folderOf(part.context) })));
}

/**
 * Docker also finds a `dockerfile` where a build asks for the default name:
 * https://github.com/moby/buildkit/blob/v0.26.0/frontend/dockerui/config.go (2026-11).
 */
function isFileOf(asked: string, path: string): boolean {
  return asked === path || (/\/Dockerfile$/.test(asked) && asked.replace(/D(?=ockerfile$)/, 'd') === path);
}

function placedBuilds(host: ProjectFiles, folder: string): readonly PlacedBuild[] {
  const base = portable(folder).replace(/\/$/, '');
  return ['', ...BUILD_FILE_FOLDERS.map((name) => `/${name}`), `/${DEVCONTAINER_FOLDER}`].flatMap((below) =>
    host
      .buildsIn(`${base}${below}` || '/')
      .filter(({ owner }) => owner.kind === 'devcontainer' || !below.endsWith(DEVCONTAINER_FOLDER))
      .map((build) => placed(build, folder, `${base}${below}`)),
  );
}

function placed(build: NamedBuild, folder: string, fileFolder: string): PlacedBuild {
  const contextFolder = beside(`${fileFolder}/Dockerfile`, build.context) || '/';
  const from = build.isBesideFile ? fileFolder : contextFolder;
  return {
    ...build,
    folder,
    fileFolder,
    contextFolder,
    dockerfilePath: beside(`${from}/Dockerfile`, build.dockerfile),
  };
}

/** Of a Dockerfile that people do not only develop in, a devcontainer.json knows no more than the context. */
function countingBuilds(builds: readonly PlacedBuild[]): readonly PlacedBuild[] {
  const counting = builds.filter(
    ({ owner, dockerfilePath, fileFolder }) =>
      owner.kind !== 'devcontainer' || dockerfilePath.slice(0, dockerfilePath.lastIndexOf('/')) === fileFolder,
  );
  return counting.length > 0
    ? counting
    : builds.map((build) => ({ ...build, target: undefined, args: new Map(), contexts: new Set() }));
}

/** A file must not make us list folders outside the project, or write files of a plan there. */
function usable(folder: string, root: string): string | undefined {
  return `${folder}/`.startsWith(`${portable(root).replace(/\/$/, '')}/`) ? folder : undefined;
}

function portable(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Adds what the file's path says, and the values of a build where the configuration sets none itself. */
export function withBuild(config: EffectiveConfig, build: BuildFacts | undefined, path: string): EffectiveConfig {
  const named = isForDevelopment(path)
    ? { ...config, settings: { ...config.settings, isForDevelopment: true } }
    : config;
  if (!build) return named;
  return { ...withValues(named, build), variants: variantConfigs(named, build) };
}

type BuildFacts = CommonBuild & Partial<Pick<ProjectBuild, 'variants'>>;

/** How each of the builds is linted, where they differ. */
function variantConfigs(config: EffectiveConfig, { variants = [] }: BuildFacts): readonly ConfigVariant[] {
  return variants.map(({ owners, platforms, ...variant }) => ({
    owners,
    platforms,
    contextFolder: variant.contextFolder,
    config: withValues(config, variant),
  }));
}

function withValues(config: EffectiveConfig, build: CommonBuild): EffectiveConfig {
  const { targetStage = build.target, platform = build.platform, buildArgs } = config.settings;
  return {
    ...config,
    settings: {
      ...config.settings,
      targetStage,
      platform,
      buildArgs: new Map([...build.args, ...buildArgs]),
      contexts: build.contexts,
      services: [...config.settings.services, ...build.services],
      isNamedInBuildFile: true,
    },
  };
}

/** A file of the build context, relative to the folder of the Dockerfile. */
export function fromDockerfile(dockerfilePath: string, contextFolder: string, file: string): string {
  return pathFrom(dockerfilePath, `${contextFolder}/${file}`);
}
