import { sourcesOf } from '../../app/neededPrograms';
import type { PackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import type { PackageStart } from '../../app/start/packageStart';
import { lineage } from '../../dockerfile/lineage';
import { packageOf } from '../../knowledge/nodePrograms';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { anyOf, escapePattern } from '../../text/pattern';
import { type Guard, refuse } from '../transform';

/** Servers that compile each source on request and watch for changes. */
const DEVELOPMENT_SERVERS: readonly RegExp[] = [
  /^(?:vite|next|nuxt|nuxi|astro|remix|react-router|svelte-kit|turbo(?: run)?|rsbuild|farm) dev\b/,
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

/** Commands that build the program. */
const BUILDS: readonly RegExp[] = [
  anyOf(
    /^(?:next|vite|nuxt|nuxi|astro|remix|react-router|react-scripts|craco|react-app-rewired) build\b/,
    /^(?:vue-cli-service|ng|gatsby|webpack|parcel|turbo|nx|svelte-kit|docusaurus) build\b/,
  ),
  /^(?:webpack|tsc|tsup|rollup|esbuild|swc|babel|gulp|grunt)(?![\w-])/,
  /^nest (?:build|start)\b/,
  /^bun (?:build|install|i)\b/,
];

/** Programs that run sources without a build. */
const RUNS_SOURCES =
  /^(?:ts-node(?:-dev|-esm|-script)?|tsnd|tsx|esno|esmo|babel-node|vite-node|sucrase-node|swc-node|jiti)$/;
const LOADS_SOURCES =
  /\b(?:ts-node|tsx|@babel\/register|@swc-node\/register|esbuild-register|sucrase\/register|jiti)\b/;

/** A source that registers a loader, so that others run without a build. */
const REGISTERS =
  /(?:require\(|import)\s*["'](?:ts-node\/register|@babel\/register|tsx\/|esbuild-register|@swc-node\/register)/;

/** Shell words and commands in scripts that start no Node.js program. */
const ASIDE = anyOf(
  /^(?:|:|\[|\[\[|test|cd|echo|printf|export|set|unset|exit|sleep|true|false|read|local|return|shift|mkdir|rm|cp)$/,
  /^(?:mv|touch|chmod|chown|cat|grep|sed|awk|cut|date|env|wait|trap|source|\.|id|ls|pwd|nc|wait-for-it\.sh)$/,
  /^(?:wait-for|dockerize|hostname|umask|ulimit|tr|head|tail|until|kill)$/,
);

/** The text of a start command, without wrapping options. */
export function lineOf(command: ShellCommand): string {
  return [command.name, ...command.words.slice(1).map(({ value }) => value)].join(' ');
}

/** Why nothing can be left out, because of the start commands; undefined if something can. */
export function startGuard({ commands }: PackageStart): Guard | undefined {
  for (const command of commands) {
    const line = lineOf(command);
    // `turbo run dev` is `turbo dev`.
    const name = line
      .replace(/^turbo run\b/, 'turbo')
      .split(' ')
      .slice(0, 2)
      .join(' ');
    if (DEVELOPMENT_SERVERS.some((pattern) => pattern.test(line)))
      return refuse('`{name}` starts a development server, which needs all sources and packages', { name });
    if (BUILDS.some((pattern) => pattern.test(line)))
      return refuse('`{name}` builds the program on every container start: build it in a RUN and start the result', {
        name,
      });
  }
  return undefined;
}

/** True if sources run without a build, including TypeScript. */
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

/** pm2 settings files that a command names. */
function ecosystemTexts({ context }: Site, texts: readonly string[]): string[] {
  return [...context.files.keys()]
    .filter((path) => texts.some((text) => /\bpm2/.test(text) && text.includes(baseName(path))))
    .flatMap((path) => context.read(path) ?? []);
}

/** Programs that are known to read only their arguments, their settings and node_modules. */
export function isPlainStart({ commands }: PackageStart): boolean {
  return commands.every(
    (command) =>
      ASIDE.test(command.name) ||
      (PROGRAM_RUNNER.test(command.name) && fileOf(command) !== undefined) ||
      /^(?:serve|http-server|react-router-serve|remix-serve)$/.test(command.name) ||
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

/** The started files, as written in the commands. */
export function programFiles({ commands }: PackageStart): string[] {
  return commands.flatMap((command) => (PROGRAM_RUNNER.test(command.name) ? (fileOf(command) ?? []) : []));
}

/** The start commands without those that start no Node.js program. */
export function startedPrograms({ commands }: PackageStart): readonly ShellCommand[] {
  return commands.filter((command) => !ASIDE.test(command.name));
}

/** The directory that a static file server serves, if nothing else runs. */
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

/** `next start`, with its port. */
export function nextStart(started: PackageStart): { readonly port: string | undefined } | undefined {
  const programs = startedPrograms(started);
  const [, port] = /^next start(?: (?:-p|--port)[= ](\d+))?$/.exec(programs[0] ? lineOf(programs[0]) : '') ?? [];
  return programs.length === 1 && programs[0] && /^next start(?: (?:-p|--port)[= ]\d+)?$/.test(lineOf(programs[0]))
    ? { port }
    : undefined;
}

/** How sources and packages show that a program stops on SIGTERM, which Node.js ignores as the first process. */
const STOPS = anyOf(
  /\bSIGTERM\b|\benableShutdownHooks\(/,
  /["'](?:@godaddy\/terminus|@moebius\/http-graceful-shutdown|close-with-grace|exit-hook|http-graceful-shutdown)["']/,
  /["'](?:fastify-graceful-shutdown|http-terminator|lightship|node-graceful-shutdown|stoppable)["']/,
);

/**
 * True if the program stops on SIGTERM when nothing started it that would end with it. Nitro does:
 * https://nitro.build/deploy/runtimes/node (2026-11).
 */
function stopsByItself(site: Site, started: PackageStart): boolean {
  return (
    programFiles(started).some((file) => /^(?:\.\/)?\.output\/server\//.test(file)) ||
    (sourcesOf(site)?.some(({ text }) => STOPS.test(text)) ?? false)
  );
}

/**
 * CMD without a package manager or a tool that builds again, if these would only start `node file`: then signals reach
 * the program, and the image needs neither. A manager ends on SIGTERM together with the program, so the npm of the base
 * image, otherwise the much smaller tini, starts a program that would not end by itself.
 */
export function directStart(site: Site, started: PackageStart, scripts: PackageJson['scripts']): string | undefined {
  const { commands, managers, texts, isReplaced } = started;
  const [command] = commands;
  const isEntrypoint = site.stage.instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
  const isCalled = managers.size === 1 ? texts.length === 2 : isReplaced && managers.size === 0;
  if (isEntrypoint || !isCalled || commands.length !== 1 || command?.name !== 'node') return undefined;
  const words = command.words.map(({ value }) => value);
  const isPlain =
    command.assignments.length === 0 &&
    command.redirects.length === 0 &&
    command.wrappers.length === 0 &&
    command.pipeline.length === 1 &&
    command.words.every(({ isStatic }) => isStatic) &&
    words.every((word) => /^[\w./:=@%+,-]+$/.test(word));
  const asksForManager = sourcesOf(site)?.some(({ text }) => /\bnpm_\w+/.test(text)) ?? true;
  if (!isPlain || asksForManager) return undefined;
  if (managers.size === 0 || stopsByItself(site, started)) return cmd(words);
  if (!hasNpm(site)) return cmd(['tini', '--', ...words]);
  const script = managers.has('npm') && !isReplaced ? undefined : scriptOf(texts[1], scripts);
  return script && cmd(script === 'start' ? ['npm', script] : ['npm', 'run', script]);
}

function hasNpm({ stage }: Site): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)node$/.test(base.image.name);
}

function cmd(words: readonly string[]): string {
  return `CMD [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** The name of a script that is this command and nothing before or after it. */
function scriptOf(text: string | undefined, scripts: PackageJson['scripts']): string | undefined {
  return ['start', ...Object.keys(scripts)].find(
    (name) => scripts[name] === text && !Object.hasOwn(scripts, `pre${name}`) && !Object.hasOwn(scripts, `post${name}`),
  );
}

/** A package from devDependencies that the running container uses; undefined if there is none. */
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
  const isBundled = bundlesSources(site) ? /(?:^|\/)src\// : /^$/;
  const run = sources.filter(({ path }) => isRun(path) && /\.[cm]?[jt]sx?$/.test(path) && !isBundled.test(path));
  return names.find((name) => run.some(({ text }) => importsAtRunTime(text, name)));
}

/**
 * True where SvelteKit bundles its sources with all packages but `dependencies`: https://svelte.dev/docs/kit/adapter-node
 * (2026-11).
 */
export function bundlesSources({ copied, context }: Site): boolean {
  const textOf = (name: RegExp) =>
    [...copied.files].filter(([path]) => name.test(path)).map(([, source]) => context.read(source) ?? '');
  return (
    textOf(/\/svelte\.config\.[cm]?[jt]s$/).some((text) => /adapter-node["']/.test(text)) &&
    !textOf(/\/vite\.config\.[cm]?[jt]s$/).some((text) => /\bexternal\b/.test(text))
  );
}

/** Loaders that compile TypeScript when it is loaded. */
const LOADERS =
  /^(?:ts-node|ts-node-dev|tsx|typescript|esbuild-register|sucrase|@swc-node\/register|@swc\/register|@babel\/(?:node|register))$/;

/** `typeorm-ts-node-commonjs`, a TypeScript file, or a tool whose settings are in TypeScript. Bun needs no loader. */
function readsTypescript({ copied }: Site, text: string): boolean {
  const hasSettings = (file: RegExp) => [...copied.files.keys()].some((path) => file.test(path));
  return (
    /\bts-node\b/.test(text) ||
    (/(?<!\.d)\.[cm]?ts(?=$|[\s"'])/.test(text) && !/(?:^|[\s"'/])bunx?\s/.test(text)) ||
    (/\bknex\b/.test(text) && hasSettings(/\/knexfile\.ts$/)) ||
    (/\bmikro-orm\b/.test(text) && hasSettings(/\/mikro-orm\.config\.ts$/))
  );
}

/** Next.js reads its settings during the build and again at each start. */
export const NEXT_SETTINGS = /(?:^|\/)next\.config\.[cm]?[jt]s$/;

/**
 * The version of TypeScript in devDependencies that reads the Next.js settings: `next start` would install it if it
 * were missing (https://github.com/vercel/next.js/issues/81798, 2026-11).
 */
export function typescriptAtStart({ copied }: Site, json: PackageJson): string | undefined {
  const isTyped = [...copied.files.keys()].some((path) => /\/next\.config\.[cm]?ts$/.test(path));
  const isLeftOut = json.devDependencies.has('typescript') && !json.dependencies.has('typescript');
  return isTyped && isLeftOut ? (json.versionOf('typescript') ?? '') : undefined;
}

/** False for settings of tools and for declarations, which are only used during the build and by people. */
function isRun(path: string): boolean {
  if (NEXT_SETTINGS.test(path)) return true;
  return !BUILD_TIME.test(path);
}

const BUILD_TIME = anyOf(
  /(?:^|\/)[^/]*(?:\.config\.[cm]?[jt]s|rc\.[cm]?js|\.d\.[cm]?ts)$|\.stories\.[jt]sx?$|(?:^|\/)\.[^/]+$/,
  /(?:^|\/)(?:webpack|rollup|vite|gulpfile|Gruntfile|babel|eslint|prettier)[^/]*(?:\/|$)/,
  /(?:^|\/)(?:jest|karma|cypress|playwright|e2e|stories|__mocks__)[^/]*(?:\/|$)/,
);

/** True for an import on one line, or on the last line of a multi-line import. */
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
