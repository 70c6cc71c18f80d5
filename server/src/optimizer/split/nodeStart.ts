import { sourcesOf } from '../../app/neededPrograms';
import type { PackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import type { PackageStart } from '../../app/start/packageStart';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';
import { type Guard, refuse } from '../transform';
import { packageOf } from './nodeTools';

/** Compile each source when it is asked for, and look for changes while they run. */
const DEVELOPMENT_SERVERS: readonly RegExp[] = [
  /^(?:vite|next|nuxt|nuxi|astro|remix|react-router|svelte-kit|turbo|rsbuild|farm) dev\b/,
  /^vite(?: serve\b| -|$)/,
  /^(?:react-scripts|craco|react-app-rewired|docusaurus|expo|umi|max) start\b/,
  /^(?:vue-cli-service|ng|webpack|rspack|ionic|quasar|stencil|gridsome) (?:serve|dev)\b/,
  /^ng s\b/,
  /^(?:webpack-dev-server|start-storybook|live-server|browser-sync|snowpack|vitepress)\b/,
  /^(?:gatsby) (?:develop|start)\b/,
  /^nest start .*--watch\b/,
  /^parcel (?!build\b|watch\b)/,
  /^(?:parcel|webpack|tsc|rollup|tsup|gulp|grunt)\b.*(?: watch| --watch| -w)\b/,
];

/** Turn sources into what runs. */
const BUILDS: readonly RegExp[] = [
  /^(?:next|vite|nuxt|nuxi|astro|remix|react-router|react-scripts|craco|react-app-rewired|vue-cli-service|ng|gatsby|webpack|parcel|turbo|nx|svelte-kit|docusaurus) build\b/,
  /^(?:webpack|tsc|tsup|rollup|esbuild|swc|babel|gulp|grunt)(?![\w-])/,
  /^nest (?:build|start)\b/,
  /^bun (?:build|install|i)\b/,
];

/** Run sources that are not built. */
const RUNS_SOURCES =
  /^(?:ts-node(?:-dev|-esm|-script)?|tsnd|tsx|esno|esmo|babel-node|vite-node|sucrase-node|swc-node|jiti)$/;
const LOADS_SOURCES =
  /\b(?:ts-node|tsx|@babel\/register|@swc-node\/register|esbuild-register|sucrase\/register|jiti)\b/;

/** A source that makes others run without a build. */
const REGISTERS =
  /(?:require\(|import)\s*["'](?:ts-node\/register|@babel\/register|tsx\/|esbuild-register|@swc-node\/register)/;

/** Words of scripts that run nothing of Node's. */
const ASIDE =
  /^(?:|:|\[|\[\[|test|cd|echo|printf|export|set|unset|exit|sleep|true|false|read|local|return|shift|mkdir|rm|cp|mv|touch|chmod|chown|cat|grep|sed|awk|cut|date|env|wait|trap|source|\.|id|ls|pwd|nc|wait-for-it\.sh|wait-for|dockerize|hostname|umask|ulimit|tr|head|tail|until|kill)$/;

/** What a command of the start is, without the options that wrap it. */
export function lineOf(command: ShellCommand): string {
  return [command.name, ...command.words.slice(1).map(({ value }) => value)].join(' ');
}

/** Why what starts leaves nothing to be left out; undefined where it does. */
export function startGuard({ commands }: PackageStart): Guard | undefined {
  for (const command of commands) {
    const line = lineOf(command);
    const name = line.split(' ').slice(0, 2).join(' ');
    if (DEVELOPMENT_SERVERS.some((pattern) => pattern.test(line)))
      return refuse('`{name}` starts a development server, which needs all sources and packages', { name });
    if (BUILDS.some((pattern) => pattern.test(line)))
      return refuse('`{name}` builds the program on every container start: build it in a RUN and start the result', {
        name,
      });
  }
  return undefined;
}

/** True when sources run as they are, also those in TypeScript. */
export function runsSources(site: Site, { commands, texts }: PackageStart): boolean {
  return (
    (sourcesOf(site) ?? []).some(({ text }) => REGISTERS.test(text)) ||
    commands.some(
      (command) =>
        RUNS_SOURCES.test(command.name) || (command.name === 'bun' && !/\.[cm]?js$/.test(fileOf(command) ?? '')),
    ) ||
    texts.some((text) => LOADS_SOURCES.test(text)) ||
    ecosystemTexts(site, texts).some((text) => LOADS_SOURCES.test(text) || /interpreter['"]?\s*:/.test(text))
  );
}

/** Settings of pm2 that a command names. */
function ecosystemTexts({ context }: Site, texts: readonly string[]): string[] {
  return [...context.files.keys()]
    .filter((path) => texts.some((text) => /\bpm2/.test(text) && text.includes(path.split('/').pop() ?? path)))
    .flatMap((path) => context.read(path) ?? []);
}

/** Programs that are started and known to read no more than what they are given, their settings and node_modules. */
export function isPlainStart({ commands }: PackageStart): boolean {
  return commands.every(
    (command) =>
      ASIDE.test(command.name) ||
      (PROGRAM_RUNNER.test(command.name) && fileOf(command) !== undefined) ||
      /^(?:serve|http-server)$/.test(command.name) ||
      /^next start\b/.test(lineOf(command)),
  );
}

const PROGRAM_RUNNER = /^(?:node|bun|pm2-runtime)$/;

/** The file that `node`, Bun or pm2 runs. */
function fileOf(command: ShellCommand): string | undefined {
  const words = command.words.map(({ value }) => value);
  if (command.name === 'pm2-runtime') return words.find((word) => /^[\w./-]+(?<!config)\.[cm]?js$/.test(word));
  const at = words.findIndex(
    (word, index) =>
      index > 0 &&
      !word.startsWith('-') &&
      !(command.name === 'bun' && word === 'run') &&
      !/^(?:-r|--require|--import|--loader|--experimental-loader|-C|--env-file)$/.test(words[index - 1] ?? ''),
  );
  return at < 0 || words.some((word) => /^(?:-e|-p|--eval|--print)$/.test(word)) ? undefined : words[at];
}

/** The files that are run, as they are written. */
export function programFiles({ commands }: PackageStart): string[] {
  return commands.flatMap((command) => (PROGRAM_RUNNER.test(command.name) ? (fileOf(command) ?? []) : []));
}

/** What runs, without words that run nothing of Node's. */
export function startedPrograms({ commands }: PackageStart): readonly ShellCommand[] {
  return commands.filter((command) => !ASIDE.test(command.name));
}

/** The folder that a server of static files serves, where nothing else runs. */
export function servedFolder(started: PackageStart): string | undefined {
  const servers = startedPrograms(started);
  const [server] = servers;
  if (!server || servers.length > 1 || !/^(?:serve|http-server)$/.test(server.name)) return undefined;
  const valued = /^(?:-l|--listen|-p|--port|-c|--config|-a|-n|-d|-e|-P|--proxy|-C|-K)$/;
  const words = server.words.map(({ value }) => value);
  const folder = words.find(
    (word, index) => index > 0 && !word.startsWith('-') && !valued.test(words[index - 1] ?? ''),
  );
  return folder?.replace(/^\.\/|\/$/g, '');
}

/** `next start`, with the port that it is given. */
export function nextStart(started: PackageStart): { readonly port: string | undefined } | undefined {
  const programs = startedPrograms(started);
  const [, port] = /^next start(?: (?:-p|--port)[= ](\d+))?$/.exec(programs[0] ? lineOf(programs[0]) : '') ?? [];
  return programs.length === 1 && programs[0] && /^next start(?: (?:-p|--port)[= ]\d+)?$/.test(lineOf(programs[0]))
    ? { port }
    : undefined;
}

/**
 * CMD as the command itself where npm would only start `node file`: then signals reach the program, and no package
 * manager has to be there.
 */
export function directStart(site: Site, { commands, managers, texts }: PackageStart): string | undefined {
  const [command] = commands;
  const isEntrypoint = site.stage.instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
  if (isEntrypoint || managers.size !== 1 || texts.length !== 2 || commands.length !== 1 || command?.name !== 'node')
    return undefined;
  const words = command.words.map(({ value }) => value);
  const isPlain =
    command.assignments.length === 0 &&
    command.redirects.length === 0 &&
    command.wrappers.length === 0 &&
    command.pipeline.length === 1 &&
    command.words.every(({ isStatic }) => isStatic) &&
    words.every((word) => /^[\w./:=@%+,-]+$/.test(word));
  const asksForManager = sourcesOf(site)?.some(({ text }) => /\bnpm_\w+/.test(text)) ?? true;
  return isPlain && !asksForManager ? `CMD [${words.map((word) => JSON.stringify(word)).join(', ')}]` : undefined;
}

/** A package of devDependencies that is used when the container runs; undefined where none is. */
export function usedForDevelopment(site: Site, json: PackageJson, starts: readonly PackageStart[]): string | undefined {
  const names = [...json.devDependencies].filter((name) => !json.dependencies.has(name) && !name.startsWith('@types/'));
  const called = starts
    .flatMap(startedPrograms)
    .flatMap((command) => [packageOf(command.name), command.name])
    .find((name) => names.includes(name));
  if (called !== undefined) return called;
  const followed = starts.flatMap(({ texts }) => texts);
  const seeds = followed.some((text) => /\bprisma db seed\b/.test(text)) ? [json.prismaSeed ?? ''] : [];
  const texts = [...followed, ...seeds, ...ecosystemTexts(site, followed)];
  const loader = texts.some((text) => readsTypescript(site, text))
    ? names.find((name) => LOADERS.test(name))
    : undefined;
  if (loader !== undefined) return loader;
  const named = names.find((name) =>
    texts.some((text) => new RegExp(`(?:^|[\\s/="'])${escapePattern(name)}(?:$|[\\s/"'])`).test(text)),
  );
  if (named !== undefined) return named;
  const sources = sourcesOf(site);
  if (!sources) return names[0];
  const run = sources.filter(({ path }) => isRun(path) && /\.[cm]?[jt]sx?$/.test(path));
  return names.find((name) => run.some(({ text }) => importsAtRunTime(text, name)));
}

/** They turn TypeScript into JavaScript while it is loaded. */
const LOADERS =
  /^(?:ts-node|ts-node-dev|tsx|typescript|esbuild-register|sucrase|@swc-node\/register|@swc\/register|@babel\/(?:node|register))$/;

/** `typeorm-ts-node-commonjs`, a file in TypeScript, or a tool whose settings are one. */
function readsTypescript({ copied }: Site, text: string): boolean {
  const hasSettings = (file: RegExp) => [...copied.files.keys()].some((path) => file.test(path));
  return (
    /\bts-node\b|(?<!\.d)\.[cm]?ts(?=$|[\s"'])/.test(text) ||
    (/\bknex\b/.test(text) && hasSettings(/\/knexfile\.ts$/)) ||
    (/\bmikro-orm\b/.test(text) && hasSettings(/\/mikro-orm\.config\.ts$/))
  );
}

/** Settings of Next.js are read when it builds and again at each start. */
export const NEXT_SETTINGS = /(?:^|\/)next\.config\.[cm]?[jt]s$/;

/**
 * The version of TypeScript under devDependencies that settings of Next.js are read with: `next start` would install it
 * where it is missing (https://github.com/vercel/next.js/issues/81798, 2026-11).
 */
export function typescriptAtStart({ copied }: Site, json: PackageJson): string | undefined {
  const isTyped = [...copied.files.keys()].some((path) => /\/next\.config\.[cm]?ts$/.test(path));
  const isLeftOut = json.devDependencies.has('typescript') && !json.dependencies.has('typescript');
  return isTyped && isLeftOut ? (json.versionOf('typescript') ?? '') : undefined;
}

/** Settings of tools that build, and declarations, run only while the image is built. */
function isRun(path: string): boolean {
  if (NEXT_SETTINGS.test(path)) return true;
  return !/(?:^|\/)[^/]*(?:\.config\.[cm]?[jt]s|rc\.[cm]?js|\.d\.[cm]?ts)$|(?:^|\/)(?:webpack|rollup|vite|gulpfile|Gruntfile|babel|jest|karma|cypress|playwright|e2e|stories|__mocks__|eslint|prettier)[^/]*(?:\/|$)|\.stories\.[jt]sx?$/.test(
    path,
  );
}

/** By a line, or by the last one of an import of several lines. */
function importsAtRunTime(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const plain = escapePattern(name);
  return (
    new RegExp(`(?:require(?:\\.resolve)?|import)\\(\\s*["'\`]${plain}(?:/[^"'\`]*)?["'\`]`).test(text) ||
    new RegExp(
      `^[ \\t]*(?:(?:import|export)\\b(?![ \\t]+type\\b)|\\}[ \\t]*from\\b).*["']${plain}(?:/[^"']*)?["']`,
      'm',
    ).test(text)
  );
}
