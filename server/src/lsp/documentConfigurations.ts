import { guessedContext } from '../app/guessedContext';
import { type Baseline, type KnownFindings, parseBaseline } from '../engine/baseline';
import type { BuildContext } from '../engine/buildContext';
import { defaultConfig, type EffectiveConfig, withRuleChoices } from '../engine/config';
import type { Engine } from '../engine/engine';
import { defaultVerifySettings, type VerifySettings } from '../engine/verifySettings';
import type { Host } from '../host/host';
import { createConfigurations } from '../project/configurations';
import type { InlineDockerfile } from '../project/inline/inlineDockerfile';
import { createBuildFinder, type ProjectBuild, withBuild } from '../project/projectBuilds';
import type { FoundFile } from '../project/projectFiles';
import { pathFrom } from '../project/relativePath';
import type { Settings } from './settings';

/** The configuration, build and baseline of each document. */
export interface DocumentConfigurations {
  configFor(uri: string, settings: Settings): EffectiveConfig;
  /** What its configuration says about running its image. */
  verifySettingsFor(uri: string, settings: Settings): VerifySettings;
  /** The configuration file that applies to it. */
  fileOf(uri: string, settings: Settings): FoundFile | undefined;
  /** How Compose or Bake files build it; undefined when none refers to it. */
  buildOf(uri: string): ProjectBuild | undefined;
  /** The build context: what builds name, else where the files are that it copies, else the document's own folder. */
  contextFolderOf(uri: string): string | undefined;
  /** The files in the build context; undefined when they are not known. */
  buildContextOf(uri: string): BuildContext | undefined;
  /** The files of the build context in a folder. */
  contextIn(folder: string): BuildContext | undefined;
  /** The same of a Dockerfile inside the document. */
  factsInside(uri: string, settings: Settings, inline: InlineDockerfile): FactsInside;
  /** The findings that the baseline in its configuration lists for the document. */
  knownIn(uri: string, settings: Settings): KnownFindings | undefined;
  /** Call it after the settings or a configuration file have changed. */
  forget(): void;
}

export interface FactsInside {
  readonly config: EffectiveConfig;
  readonly contextFolder: string | undefined;
  readonly buildContext: BuildContext | undefined;
  readonly contextIn: DocumentConfigurations['contextIn'];
}

/**
 * Reads what the project's files say about documents; reports each problem once per content of the file. Searches for
 * Compose and Bake files up to the workspace's folders.
 */
export function createDocumentConfigurations(
  host: Host,
  engine: Pick<Engine, 'rules' | 'localize' | 'loadPatterns'>,
  tell: (message: string) => void,
  workspaceFolders: readonly string[],
  textOf: (uri: string) => string | undefined,
): DocumentConfigurations {
  const { rules, localize } = engine;
  const told = new Set<string>();
  const tellOnce = (message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    tell(message);
  };
  const tellOfSetting = (name: string, message: string) =>
    tellOnce(localize('Setting {name}: {message}', { name: `dockerfileOptimizer.${name}`, message }));
  // One message per file and text: a file that is being edited has problems at every save.
  const project = createConfigurations(host, engine, ([problem = '', ...others]) =>
    tellOnce(
      others.length === 0
        ? problem
        : localize('{problem} (more problems in this file: {count})', { problem, count: others.length }),
    ),
  );
  const locate = (uri: string, { configurationFile }: Settings): FoundFile | undefined => {
    if (configurationFile !== undefined) {
      const text = host.readText(configurationFile);
      if (text !== undefined) return { path: configurationFile, text };
      tellOfSetting('configurationFile', localize('{path}: cannot be read', { path: configurationFile }));
      return undefined;
    }
    // Search again for each document: not every client reports new files in a folder.
    project.forget();
    const path = host.pathOf(uri);
    return path === undefined ? undefined : project.find(path);
  };
  const found = new Map<string, FoundFile | undefined>();
  const find = (uri: string, settings: Settings): FoundFile | undefined => {
    if (!found.has(uri)) found.set(uri, locate(uri, settings));
    return found.get(uri);
  };
  const baselines = new Map<string, Baseline>();
  const baselineAt = (path: string): Baseline => {
    let baseline = baselines.get(path);
    if (!baseline) {
      const text = host.readText(path);
      const parsed = text === undefined ? undefined : parseBaseline(text, path, localize);
      if (!parsed) tellOnce(localize('{path}: cannot be read', { path }));
      else if (!parsed.ok) tellOnce(parsed.reason);
      baseline = parsed?.ok ? parsed.baseline : new Map();
      baselines.set(path, baseline);
    }
    return baseline;
  };
  let findBuild: ReturnType<typeof createBuildFinder> | undefined;
  const isRoot = (folder: string) => workspaceFolders.includes(folder);
  const finder = () => {
    findBuild ??= createBuildFinder(host, isRoot);
    return findBuild;
  };
  const buildOf = (uri: string): ProjectBuild | undefined => {
    const path = host.pathOf(uri);
    return path === undefined ? undefined : finder().of(path);
  };
  const resolved = new Map<string, EffectiveConfig>();
  const resolve = (uri: string, settings: Settings, build: ProjectBuild | undefined): EffectiveConfig => {
    for (const { message } of withRuleChoices(defaultConfig, settings.rules, rules, localize).problems)
      tellOfSetting('rules', message);
    const config = project.configFor(host.pathOf(uri) ?? uri, find(uri, settings), settings.rules);
    return withBuild(config, build, host.pathOf(uri) ?? uri);
  };
  let guess:
    | { readonly path: string; readonly text: string; readonly beside: unknown; readonly folder: string | undefined }
    | undefined;
  const knownFolderOf = (uri: string): string | undefined => {
    const path = host.pathOf(uri);
    const build = buildOf(uri);
    if (path === undefined || build) return build?.contextFolder;
    const [text, beside] = [textOf(uri) ?? '', host.buildContext(path)];
    // Another listing may have other files.
    if (guess?.path !== path || guess.text !== text || guess.beside !== beside)
      guess = { path, text, beside, folder: guessedContext(path, text, host, isRoot) };
    return guess.folder;
  };
  const contextIn = (folder: string) => host.buildContext(`${folder}/Dockerfile`);
  return {
    buildOf,
    contextIn,
    fileOf: find,
    verifySettingsFor: (uri, settings) => project.read(find(uri, settings)).verify ?? defaultVerifySettings,
    contextFolderOf(uri) {
      const path = host.pathOf(uri);
      return knownFolderOf(uri) ?? (path === undefined ? undefined : host.parentOf(path));
    },
    buildContextOf(uri) {
      const folder = knownFolderOf(uri);
      return folder === undefined ? undefined : contextIn(folder);
    },
    configFor(uri, settings) {
      let config = resolved.get(uri);
      if (!config) {
        config = resolve(uri, settings, buildOf(uri));
        resolved.set(uri, config);
      }
      return config;
    },
    factsInside(uri, settings, { builds }) {
      const path = host.pathOf(uri);
      const build = path === undefined ? undefined : finder().ofInline(path, builds);
      const contextFolder = build?.contextFolder;
      return {
        config: resolve(uri, settings, build),
        contextFolder,
        buildContext: contextFolder === undefined ? undefined : contextIn(contextFolder),
        contextIn,
      };
    },
    knownIn(uri, settings) {
      const baseline = project.baselineOf(find(uri, settings));
      const path = host.pathOf(uri);
      return baseline === undefined || path === undefined
        ? undefined
        : baselineAt(baseline).get(pathFrom(baseline, path));
    },
    forget: () => {
      found.clear();
      findBuild = undefined;
      guess = undefined;
      baselines.clear();
      resolved.clear();
    },
  };
}
