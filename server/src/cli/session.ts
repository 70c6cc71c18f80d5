import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { guessedContext } from '../app/guessedContext';
import type { BuildContext } from '../engine/buildContext';
import { type Config, defaultConfig, type EffectiveConfig, type FailOn, withRuleChoices } from '../engine/config';
import type { Engine } from '../engine/engine';
import type { ShellCheck, ShellCheckComment } from '../engine/shellCheck';
import { defaultVerifySettings, type VerifySettings } from '../engine/verifySettings';
import type { Host } from '../host/host';
import type { Language } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import type { PlanOptions } from '../optimizer/plan';
import { createConfigurations } from '../project/configurations';
import type { InlineDockerfile } from '../project/inline/inlineDockerfile';
import type { LintBuildsOptions } from '../project/lintBuilds';
import { createBuildFinder, type ProjectBuild, withBuild } from '../project/projectBuilds';
import type { FoundFile, ProjectFiles } from '../project/projectFiles';
import type { CliArguments } from './arguments';
import { Failure } from './failure';
import { withInterruption } from './interruption';
import { type ReadResult, readDockerfile } from './readFile';
import { isBelow, realPath } from './realPath';
import { chosenBuild } from './targetOf';
import { writeAtomically } from './writeFile';

/** Shared by all commands: the engine, the options, and the output streams. */
export interface Session {
  readonly engine: Engine;
  readonly host: ProjectFiles & Pick<Host, 'hasBuildKit'>;
  readonly options: CliArguments;
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  readDockerfile(path: string): ReadResult;
  /** Replaces or creates a file. */
  write(path: string, text: string): Promise<void>;
  /** Runs work with a signal that is aborted when nobody wants its result anymore. */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  readonly hasColour: boolean;
  readonly language: Language;
  /** The configuration and build context of a file. */
  lintOptions(path: string): LintBuildsOptions;
  /** Those of a Dockerfile inside the file, and the folder that is its build context, if that is known. */
  inlineOptions(path: string, inline: InlineDockerfile): InlineOptions;
  /** What the options say about plans. */
  readonly planOptions: Pick<PlanOptions, 'level' | 'preferCacheMounts' | 'comments'>;
  /** Reads a configuration file and reports its problems. */
  readConfiguration(path: string): Config;
  /** The configuration of a file; the defaults where there is none. */
  configurationFor(path: string): Config;
  /** The path of the configuration file that applies to a Dockerfile. */
  configurationOf(path: string): string | undefined;
  /** The build context of a file: from --context, Compose and Bake files or what it copies, else its own folder. */
  contextFolder(path: string): string;
  /** What the configuration of a file says about running its image. */
  verifySettings(path: string): VerifySettings;
  /** The lowest severity at which `lint` fails, from the configuration. */
  failOn(path: string): FailOn;
  /** The baseline of a file, from the options or its configuration. */
  baselinePath(path: string): string | undefined;
  /** Reported errors, such as unreadable files: with any of them the run fails. */
  readonly failures: ReadonlySet<string>;
  fail(message: string): void;
}

export interface InlineOptions extends LintBuildsOptions {
  readonly contextFolder: string | undefined;
}

export interface SessionSetup
  extends Pick<Session, 'engine' | 'host' | 'options' | 'out' | 'err' | 'hasColour' | 'language'>,
    Partial<Pick<Session, 'readDockerfile' | 'write' | 'interruptible'>> {
  /** The folders where projects begin; the current one by default. */
  readonly roots?: readonly string[];
}

export async function createSession(setup: SessionSetup): Promise<Session> {
  const { localize } = setup.engine;
  /** A set, because every `lint` thread reports the same problems of a configuration. */
  const failures = new Set<string>();
  const fail = (message: string): void => {
    if (failures.has(message)) return;
    failures.add(message);
    setup.err(`${localize('error: {message}', { message })}\n`);
  };
  const configurations = configurationsFor(setup, fail);
  const { rules: choices } = setup.options;
  // The configuration is read only for rules that may be its own.
  const problemIn = (config: Config) => withRuleChoices(config, choices, setup.engine.rules, localize).problems[0];
  const problem = problemIn(defaultConfig) && problemIn(configurations.configurationFor('Dockerfile'));
  if (problem) throw new Failure(`--rule: ${problem.message}`);
  const buildContextOf = createBuildContexts(setup.host);
  const contextIn = (folder: string) => buildContextOf(resolve(setup.options.contextPath ?? folder, 'Dockerfile'));
  const roots = setup.roots ?? [resolve('.')];
  const isRoot = (folder: string) => roots.includes(folder);
  const findBuild = createBuildFinder(setup.host, isRoot);
  const { targetOf } = setup.options;
  const chosen = targetOf === undefined ? undefined : chosenBuild(setup.host, targetOf, localize);
  const options =
    chosen && setup.options.operands.length === 0
      ? { ...setup.options, operands: [relative('', chosen.dockerfile)] }
      : setup.options;
  const buildOf = (path: string) => chosen?.build ?? (path === '-' ? undefined : findBuild.of(resolve(path)));
  const { readDockerfile: read = (path: string) => readDockerfile(path, localize) } = setup;
  /** A pipe can be read only once. */
  let lastRead: { readonly path: string; readonly file: ReadResult } | undefined;
  let lastGuess: { readonly path: string; readonly folder: string | undefined } | undefined;
  const guess = (path: string): string | undefined => {
    if (lastGuess?.path === path) return lastGuess.folder;
    const text = lastRead?.path === path && lastRead.file.ok ? lastRead.file.text : setup.host.readText(path);
    const host = { ...setup.host, buildContext: buildContextOf };
    const folder = guessedContext(resolve(path), text ?? '', host, isRoot);
    lastGuess = { path, folder: folder === resolve(dirname(path)) ? dirname(path) : folder };
    return lastGuess.folder;
  };
  const knownFolder = (path: string): string | undefined => {
    if (setup.options.contextPath !== undefined) return setup.options.contextPath;
    const build = buildOf(path);
    return path === '-' || build ? build?.contextFolder : guess(path);
  };
  const buildContext = (path: string): BuildContext | undefined => {
    const folder = knownFolder(path);
    return folder === undefined ? undefined : contextIn(folder);
  };
  const shellCheck = await createShellCheck(setup.options, fail);
  const optionsOf = (
    path: string,
    build: ProjectBuild | undefined,
    context: BuildContext | undefined,
  ): LintBuildsOptions => ({
    config: withBuild(withTarget(configurations.configOf(path), setup.options.target), build, path),
    shellCheck,
    buildContext: context,
    contextIn,
  });
  const lintOptions = (path: string) => optionsOf(path, buildOf(path), buildContext(path));
  const { level, preferCacheMounts, comments } = setup.options;
  return {
    write: writeAtomically,
    interruptible: withInterruption,
    ...setup,
    readDockerfile(path) {
      lastRead = { path, file: read(path) };
      return lastRead.file;
    },
    options,
    fail,
    contextFolder: (path) => knownFolder(path) ?? dirname(path),
    readConfiguration: (path) => configurations.read(path),
    configurationFor: (path) => configurations.configurationFor(path),
    configurationOf: (path) => configurations.pathOf(path),
    verifySettings: (path) => configurations.verifySettings(path),
    failOn: (path) => configurations.failOn(path),
    baselinePath: (path) => setup.options.baselinePath ?? configurations.baselinePath(path),
    failures,
    lintOptions,
    inlineOptions(path, { builds }) {
      const build = path === '-' ? undefined : findBuild.ofInline(resolve(path), builds);
      const folder = build && (setup.options.contextPath ?? build.contextFolder);
      const context = folder === undefined ? undefined : contextIn(folder);
      return { ...optionsOf(path, build, context), contextFolder: folder };
    },
    planOptions: { level, preferCacheMounts, comments },
  };
}

function withTarget(config: EffectiveConfig, targetStage: string | undefined): EffectiveConfig {
  return targetStage === undefined ? config : { ...config, settings: { ...config.settings, targetStage } };
}

/** Each script is checked once; a program that cannot be started is reported once. */
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

/** Dockerfiles of one folder come one after the other, so the folder is listed once for all of them. */
function createBuildContexts(host: ProjectFiles) {
  const kept = new Map<string, BuildContext | undefined>();
  return (path: string): BuildContext | undefined => {
    const folder = dirname(path);
    const context = kept.has(folder) ? kept.get(folder) : host.buildContext(path);
    // Those that were wanted last: folders above it may be wanted for the next one, too.
    kept.delete(folder);
    kept.set(folder, context);
    for (const [oldest] of kept) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return context;
  };
}

const MAX_KEPT = 8;

function configurationsFor({ engine, host, options }: SessionSetup, fail: (message: string) => void) {
  const project = createConfigurations(host, engine, (problems) => problems.forEach(fail));
  const chosen = chooseFile(options, engine.localize);
  const find = (path: string): FoundFile | undefined => chosen ?? project.find(whole(path));
  const whole = (path: string) => resolve(path === '-' ? 'Dockerfile' : path);
  return {
    configurationFor: (path: string): Config => project.read(find(path)),
    pathOf: (path: string) => find(path)?.path,
    read: (path: string): Config => project.read({ path, text: host.readText(path) }),
    configOf: (path: string): EffectiveConfig => project.configFor(resolve(path), find(path), options.rules),
    verifySettings: (path: string) => project.read(find(path)).verify ?? defaultVerifySettings,
    failOn: (path: string): FailOn => project.read(find(path)).failOn ?? 'warning',
    baselinePath(path: string): string | undefined {
      const file = find(path);
      const baseline = project.baselineOf(file);
      if (!file || baseline === undefined) return undefined;
      // The baseline stays below the configuration's folder: links in the checkout must not lead elsewhere.
      if (!isBelow(realPath(dirname(file.path)), realPath(baseline)))
        throw new Failure(engine.localize('{path}: is outside the folder of its configuration', { path: baseline }));
      return baseline;
    },
  };
}

function chooseFile({ configPath }: CliArguments, localize: Localize): FoundFile | undefined {
  if (configPath === undefined) return undefined;
  const path = resolve(configPath);
  try {
    // The user may pass a pipe, such as `<(…)` of a shell.
    return { path, text: readFileSync(path, 'utf8') };
  } catch {
    throw new Failure(localize('{path}: cannot be read', { path: `--config ${configPath}` }));
  }
}
