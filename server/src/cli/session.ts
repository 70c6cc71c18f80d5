import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { BuildContext } from '../engine/buildContext';
import {
  type Config,
  createConfigResolver,
  defaultConfig,
  type EffectiveConfig,
  type FailOn,
  withRuleChoices,
} from '../engine/config';
import type { Engine, LintOptions } from '../engine/engine';
import type { ShellCheck, ShellCheckComment } from '../engine/shellCheck';
import type { Host } from '../host/host';
import type { Language } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import { createConfigurationFinder } from '../project/configurations';
import { parseConfig } from '../project/parseConfig';
import { createBuildFinder, withBuild } from '../project/projectBuilds';
import type { FoundFile, ProjectFiles } from '../project/projectFiles';
import type { CliArguments } from './arguments';
import { Failure } from './failure';

/** What all commands share: the engine, the options, and where text goes. */
export interface Session {
  readonly engine: Engine;
  readonly host: ProjectFiles & Pick<Host, 'hasBuildKit'>;
  readonly options: CliArguments;
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  readonly hasColour: boolean;
  readonly language: Language;
  /** The configuration and build context of a file. */
  lintOptions(path: string): LintOptions;
  /** A configuration file; its problems are told. */
  readConfiguration(path: string): Config;
  /** The folder that a file is built from: by --context, by Compose and Bake files, or its own. */
  contextFolder(path: string): string;
  /** From which severity on the configuration lets `lint` fail. */
  failOn(path: string): FailOn;
  /** The baseline of a file, by the options or its configuration. */
  baselinePath(path: string): string | undefined;
  /** True once a file or a configuration could not be read. */
  hasFailed(): boolean;
  fail(message: string): void;
}

export interface SessionSetup
  extends Pick<Session, 'engine' | 'host' | 'options' | 'out' | 'err' | 'hasColour' | 'language'> {}

export async function createSession(setup: SessionSetup): Promise<Session> {
  const { localize } = setup.engine;
  let failed = false;
  const fail = (message: string): void => {
    failed = true;
    setup.err(`${localize('error: {message}', { message })}\n`);
  };
  const [problem] = withRuleChoices(defaultConfig, setup.options.rules, setup.engine.rules, localize).problems;
  if (problem) throw new Failure(`--rule: ${problem.message}`);
  const configurations = createConfigurations(setup, fail);
  const buildContextOf = createBuildContexts(setup.host);
  const working = resolve('.');
  const findBuild = createBuildFinder(setup.host, (folder) => folder === working);
  const buildOf = (path: string) => (path === '-' ? undefined : findBuild(resolve(path)));
  const buildContext = (path: string): BuildContext | undefined => {
    if (setup.options.contextPath === undefined) {
      const build = buildOf(path);
      if (path === '-' || (build && build.contextFolder === undefined)) return undefined;
    }
    return buildContextOf(resolve(contextFolder(path), 'Dockerfile'));
  };
  const contextFolder = (path: string) => setup.options.contextPath ?? buildOf(path)?.contextFolder ?? dirname(path);
  const shellCheck = await createShellCheck(setup.options, fail);
  return {
    ...setup,
    fail,
    contextFolder,
    readConfiguration: (path) => configurations.read(path),
    failOn: (path) => configurations.failOn(path),
    baselinePath: (path) => setup.options.baselinePath ?? configurations.baselinePath(path),
    hasFailed: () => failed,
    lintOptions: (path) => ({
      config: withBuild(withTarget(configurations.configOf(path), setup.options.target), buildOf(path)),
      shellCheck,
      buildContext: buildContext(path),
    }),
  };
}

function withTarget(config: EffectiveConfig, targetStage: string | undefined): EffectiveConfig {
  return targetStage === undefined ? config : { ...config, settings: { ...config.settings, targetStage } };
}

/** Every script is checked once; a program that cannot be started is told once. */
async function createShellCheck(
  { shellCheckPath }: CliArguments,
  fail: (message: string) => void,
): Promise<ShellCheck | undefined> {
  if (shellCheckPath === undefined) return undefined;
  const { runShellCheckSync } = await import('../host/shellCheck.node');
  const known = new Map<string, readonly ShellCheckComment[] | undefined>();
  let isBroken = false;
  return {
    commentsOn(request) {
      const key = `${request.dialect}\n${request.text}`;
      if (!known.has(key) && !isBroken) {
        const answer = runShellCheckSync(shellCheckPath, request);
        if (!answer.ok) {
          isBroken = true;
          fail(`--shellcheck: ${answer.reason}`);
        }
        known.set(key, answer.ok ? answer.comments : undefined);
      }
      return known.get(key);
    },
  };
}

/** Dockerfiles of one folder come one after the other: the folder is listed once for all of them. */
function createBuildContexts(host: ProjectFiles) {
  let last: { folder: string; context: BuildContext | undefined } | undefined;
  return (path: string): BuildContext | undefined => {
    const folder = dirname(path);
    if (last?.folder !== folder) last = { folder, context: host.buildContext(path) };
    return last.context;
  };
}

/** Each configuration file is read once, and its problems are told once. */
function createConfigurations({ engine, host, options }: SessionSetup, fail: (message: string) => void) {
  const read = new Map<string, Config>();
  const load = (file: FoundFile): Config => {
    let config = read.get(file.path);
    if (!config) {
      config = parse(file);
      read.set(file.path, config);
    }
    return config;
  };
  const parse = ({ path, text }: FoundFile): Config => {
    if (text === undefined) {
      fail(engine.localize('{path}: cannot be read', { path }));
      return defaultConfig;
    }
    const { config, problems } = parseConfig(text, path, engine.rules, engine.localize);
    for (const { message, line } of problems) fail(`${path}${line === undefined ? '' : `:${line}`}: ${message}`);
    return config;
  };
  const chosen = chooseFile(options, engine.localize);
  const findIn = createConfigurationFinder(host);
  const find = (path: string): FoundFile | undefined =>
    chosen ?? findIn(dirname(resolve(path === '-' ? 'Dockerfile' : path)));
  /** Names and severities of all rules are gone through once for each configuration, and not for each file. */
  const effective = new Map<Config, (path: string) => EffectiveConfig>();
  const effectiveOf = (base: Config): ((path: string) => EffectiveConfig) => {
    let resolver = effective.get(base);
    if (!resolver) {
      const { config } = withRuleChoices(base, options.rules, engine.rules, engine.localize);
      resolver = createConfigResolver(config, engine.rules);
      effective.set(base, resolver);
    }
    return resolver;
  };
  return {
    read: (path: string): Config => load({ path, text: host.readText(path) }),
    configOf(path: string): EffectiveConfig {
      const file = find(path);
      return effectiveOf(file ? load(file) : defaultConfig)(file ? relative(dirname(file.path), resolve(path)) : path);
    },
    failOn(path: string): FailOn {
      const file = find(path);
      return (file && load(file).failOn) ?? 'warning';
    },
    baselinePath(path: string): string | undefined {
      const file = find(path);
      const { baseline } = file ? load(file) : defaultConfig;
      if (!file || baseline === undefined) return undefined;
      const folder = dirname(file.path);
      const target = resolve(folder, baseline);
      // What the configuration says stays below it; a link that the checkout brings does not lead it elsewhere.
      if (!isBelow(realPath(folder), realPath(target)))
        throw new Failure(engine.localize('{path}: is outside the folder of its configuration', { path: target }));
      return target;
    },
  };
}

/** Of a file that is not there yet: that of its folder, as far as that is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function chooseFile({ configPath }: CliArguments, localize: Localize): FoundFile | undefined {
  if (configPath === undefined) return undefined;
  const path = resolve(configPath);
  try {
    // Whoever names it may name a pipe, such as `<(…)` of a shell.
    return { path, text: readFileSync(path, 'utf8') };
  } catch {
    throw new Failure(localize('{path}: cannot be read', { path: `--config ${configPath}` }));
  }
}
