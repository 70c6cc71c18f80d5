import { type Baseline, type KnownFindings, parseBaseline } from '../engine/baseline';
import type { BuildContext } from '../engine/buildContext';
import { type Config, defaultConfig, type EffectiveConfig, resolveConfig, withRuleChoices } from '../engine/config';
import type { Engine } from '../engine/engine';
import type { Host } from '../host/host';
import type { Localize } from '../l10n/localize';
import { CACHE_MOUNTS, type CacheMounts, LEVELS, type Level } from '../optimizer/levels';
import { createConfigurationFinder } from '../project/configurations';
import { parseConfig } from '../project/parseConfig';
import { createBuildFinder, type ProjectBuild, withBuild } from '../project/projectBuilds';
import type { FoundFile } from '../project/projectFiles';
import { beside, pathFrom, relative } from '../project/relativePath';
import type { RegistryOptions } from '../registry/registry';
import { ENGINE_KINDS, type EngineChoice } from '../reports/outcome';
import type { VulnerabilitySeverity } from '../reports/scanReport';
import { SCANNER_KINDS, type ScannerChoice } from '../reports/scanRequest';
import { SEVERITIES } from '../reports/vulnerabilities';

/** The section `dockerfileOptimizer` of the client's settings; what is missing or of the wrong type has its default. */
export interface Settings {
  readonly enable: boolean;
  /** Rule id or another tool's name for it → off or a severity. */
  readonly rules: Readonly<Record<string, string>>;
  readonly configurationFile: string | undefined;
  /** What plans may hold. */
  readonly level: Level;
  readonly codeLens: boolean;
  readonly preferCacheMounts: CacheMounts;
  /** Completion and the like: auto leaves them to another extension for Dockerfiles, where there is one. */
  readonly languageFeatures: 'auto' | 'on' | 'off';
  /** Where sizes stand in the text. */
  readonly inlayHints: 'from' | 'all' | 'off';
  /** Undefined while registries are not to be asked. */
  readonly registry: Pick<RegistryOptions, 'platform' | 'mirrors'> | undefined;
  /** What builds images. */
  readonly engine: EngineChoice;
  /** For its build, as they are. */
  readonly buildOptions: readonly string[];
  /** The program; undefined when it is not to be started. */
  readonly shellCheckPath: string | undefined;
  readonly scanner: ScannerChoice;
  /** From which severity on `vulnerable-image` tells what was found. */
  readonly scannerSeverity: VulnerabilitySeverity;
}

export function readSettings(value: unknown): Settings {
  const settings = isRecord(value) ? value : {};
  const optimize = isRecord(settings['optimize']) ? settings['optimize'] : {};
  const shellCheck = isRecord(settings['shellcheck']) ? settings['shellcheck'] : {};
  const registry = isRecord(settings['registry']) ? settings['registry'] : {};
  const scanner = isRecord(settings['scanner']) ? settings['scanner'] : {};
  const engine = isRecord(settings['engine']) ? settings['engine'] : {};
  const file = settings['configurationFile'];
  return {
    enable: settings['enable'] !== false,
    rules: textsOf(settings['rules']),
    configurationFile: typeof file === 'string' && file !== '' ? file : undefined,
    level: LEVELS.find((level) => level === optimize['level']) ?? 'recommended',
    codeLens: optimize['codeLens'] !== false,
    preferCacheMounts: cacheMountsOf(optimize['preferCacheMounts']),
    languageFeatures: oneOf(settings['languageFeatures'], ['auto', 'on', 'off']),
    inlayHints: oneOf(settings['inlayHints'], ['from', 'all', 'off']),
    registry:
      registry['enable'] === true
        ? { platform: textOr(registry['platform'], 'linux/amd64'), mirrors: textsOf(registry['mirrors']) }
        : undefined,
    engine: { kind: oneOf(engine['kind'], ['auto', ...ENGINE_KINDS]), path: textOr(engine['path'], '') || undefined },
    buildOptions: listOf(engine['buildOptions']),
    shellCheckPath: shellCheck['enable'] === false ? undefined : textOr(shellCheck['path'], 'shellcheck'),
    scanner: {
      kind: oneOf(scanner['kind'], ['auto', ...SCANNER_KINDS]),
      path: textOr(scanner['path'], undefined),
      clairHost: textOr(scanner['clairHost'], undefined),
      containerImage: textOr(scanner['containerImage'], undefined),
    },
    scannerSeverity: SEVERITIES.find((severity) => severity === scanner['severity']) ?? 'high',
  };
}

/** It was a switch once. */
function cacheMountsOf(value: unknown): CacheMounts {
  if (typeof value === 'boolean') return value ? 'always' : 'never';
  return CACHE_MOUNTS.find((one) => one === value) ?? 'auto';
}

function textsOf(value: unknown): Record<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The value, or the first that it may have. */
function oneOf<T extends string>(value: unknown, values: readonly [T, ...T[]]): T {
  return values.find((one) => one === value) ?? values[0];
}

function textOr<T extends string | undefined>(value: unknown, fallback: T): string | T {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What holds for one document. */
export interface Configurations {
  configFor(uri: string, settings: Settings): EffectiveConfig;
  /** How Compose and Bake files build it; undefined when none names it. */
  buildOf(uri: string): ProjectBuild | undefined;
  /** The folder that it is built from: its own where no other is known. */
  contextFolderOf(uri: string): string | undefined;
  /** The files that it is built from; undefined when they are not known. */
  buildContextOf(uri: string): BuildContext | undefined;
  /** What the baseline of its configuration knows of the document. */
  knownIn(uri: string, settings: Settings): KnownFindings | undefined;
  /** After the settings or a configuration file have changed. */
  forget(): void;
}

/**
 * Finds and reads configuration files; each problem is told once per content of the file. Compose and Bake files are
 * looked for up to the workspace's folders.
 */
export function createConfigurations(
  host: Host,
  { rules, localize }: Pick<Engine, 'rules' | 'localize'>,
  tell: (message: string) => void,
  workspaceFolders: readonly string[],
): Configurations {
  const read = new Map<string, { text: string; config: Config }>();
  const told = new Set<string>();
  const tellOnce = (message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    tell(message);
  };
  const load = ({ path, text }: FoundFile): Config => {
    if (text === undefined) {
      tellOnce(localize('{path}: cannot be read', { path }));
      return defaultConfig;
    }
    const known = read.get(path);
    if (known?.text === text) return known.config;
    const { config, problems } = parseConfig(text, path, rules, localize);
    const [first, ...others] = problems.map(
      ({ message, line }) => `${path}${line === undefined ? '' : `:${line}`}: ${message}`,
    );
    // One message a file and text: a file that is being written has problems at every save.
    if (first !== undefined)
      tellOnce(
        others.length === 0
          ? first
          : localize('{problem} (more problems in this file: {count})', { problem: first, count: others.length }),
      );
    read.set(path, { text, config });
    return config;
  };
  const found = new Map<string, FoundFile | undefined>();
  const find = (uri: string, settings: Settings) => {
    const key = `${settings.configurationFile ?? ''}\n${uri}`;
    if (!found.has(key)) found.set(key, locate(host, uri, settings, tellOnce, localize));
    return found.get(key);
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
  const buildOf = (uri: string): ProjectBuild | undefined => {
    const path = host.pathOf(uri);
    findBuild ??= createBuildFinder(host, (folder) => workspaceFolders.includes(folder));
    return path === undefined ? undefined : findBuild(path);
  };
  const resolved = new Map<string, EffectiveConfig>();
  const resolve = (uri: string, settings: Settings): EffectiveConfig => {
    const file = find(uri, settings);
    const base = file ? load(file) : defaultConfig;
    const { config, problems } = withRuleChoices(base, Object.entries(settings.rules), rules, localize);
    for (const { message } of problems)
      tellOnce(localize('Setting {name}: {message}', { name: 'dockerfileOptimizer.rules', message }));
    return withBuild(resolveConfig(config, rules, relative(file?.path, host.pathOf(uri) ?? uri)), buildOf(uri));
  };
  return {
    buildOf,
    contextFolderOf(uri) {
      const path = host.pathOf(uri);
      return buildOf(uri)?.contextFolder ?? (path === undefined ? undefined : host.parentOf(path));
    },
    buildContextOf(uri) {
      const path = host.pathOf(uri);
      const build = buildOf(uri);
      if (path === undefined || (build && build.contextFolder === undefined)) return undefined;
      return host.buildContext(build ? `${build.contextFolder}/Dockerfile` : path);
    },
    configFor(uri, settings) {
      let config = resolved.get(uri);
      if (!config) {
        config = resolve(uri, settings);
        resolved.set(uri, config);
      }
      return config;
    },
    knownIn(uri, settings) {
      const file = find(uri, settings);
      const { baseline } = file ? load(file) : defaultConfig;
      const path = host.pathOf(uri);
      if (!file || baseline === undefined || path === undefined) return undefined;
      const baselinePath = beside(file.path, baseline);
      return baselineAt(baselinePath).get(pathFrom(baselinePath, path));
    },
    forget: () => {
      found.clear();
      findBuild = undefined;
      baselines.clear();
      resolved.clear();
    },
  };
}

function locate(
  host: Host,
  uri: string,
  settings: Settings,
  tell: (message: string) => void,
  localize: Localize,
): FoundFile | undefined {
  if (settings.configurationFile !== undefined) {
    const text = host.readText(settings.configurationFile);
    if (text !== undefined) return { path: settings.configurationFile, text };
    const message = localize('{path}: cannot be read', { path: settings.configurationFile });
    tell(localize('Setting {name}: {message}', { name: 'dockerfileOptimizer.configurationFile', message }));
    return undefined;
  }
  const path = host.pathOf(uri);
  const folder = path === undefined ? undefined : host.parentOf(path);
  // For each document anew: not every client tells of files that are new in a folder.
  return folder === undefined ? undefined : createConfigurationFinder(host)(folder);
}
