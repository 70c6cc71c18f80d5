import { type PackageJson, readInImage } from '../../app/packageJson';
import type { Site } from '../../app/site';
import type { ShellCommand } from '../../shell/script';
import { anyOf } from '../../text/pattern';

/** A project in the image: its directory and the content of package.json. */
export interface Project {
  readonly site: Site;
  /** Absolute path. */
  readonly folder: string;
  readonly json: PackageJson;
}

/** Reads a file of the project by its path in the project; undefined if it does not exist. */
export function readOf({ site, folder }: Project, path: string): string | undefined {
  return readInImage(site, `${folder === '/' ? '' : folder}/${path}`);
}

/** Paths of the project's files that are copied in. */
export function filesOf({ site, folder }: Project): string[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return [...site.copied.files.keys()]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
}

/** The directories, relative to package.json, that the builds of a stage write; undefined if they are unknown. */
export function outputFolders(project: Project, commands: readonly ShellCommand[]): string[] | undefined {
  const folders = new Set<string>();
  const build: Build = { project, scripts: project.json.scripts, outputs: new Map() };
  for (const command of commands) {
    const text = scriptBehind(command, project.json);
    if (text === undefined) continue;
    for (const part of text.split(/&&|;/)) {
      const found = outputOf(build, part.trim());
      if (found === undefined) return undefined;
      for (const folder of found) folders.add(folder);
    }
  }
  return [...folders];
}

/** The script in package.json that a command runs, or the command itself. */
function scriptBehind(command: ShellCommand, { scripts }: PackageJson): string | undefined {
  const words = command.words.map(({ value }) => value);
  const own = [command.name, ...words.slice(1)].join(' ');
  // `bun build` is always the bundler, even if a script has the same name.
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(command.name) || /^bun (?:build|x)\b/.test(own)) return own;
  const script = words.slice(1).find((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script');
  if (script === undefined) return undefined;
  if (!Object.hasOwn(scripts, script)) return own.replace(/^\S+\s+(?:exec\s+(?:--\s+)?|dlx\s+|run\s+)?/, '');
  if (
    words
      .slice(1)
      .some((word) => word.startsWith('-') && !/^--(?:silent|bun)$/.test(word) && !/^--?(?:if-present|s)$/.test(word))
  )
    return `${script} --with options`;
  return [scripts[`pre${script}`], scripts[script], scripts[`post${script}`]]
    .filter((text) => text !== undefined)
    .join(' && ');
}

/** Commands that write no file that is part of the result. */
const NOTHING = anyOf(
  /^(?:npx |shx )?(?:eslint|prettier|biome|jest|vitest|mocha|vue-tsc|svelte-check|ngcc\b|husky\b|npm version\b)/,
  /^(?:npx |shx )?(?:rimraf|rm |del |del-cli |echo\b|mkdir\b|chmod\b)/,
  /^(?:npx |shx )?(?:tsc-alias|tscpaths|resolve-tspaths|tsconfig-replace-paths)/,
  /^(?:npx |shx )?(?:prisma generate|next telemetry|next lint|nuxt prepare|svelte-kit sync)\b/,
);

/** Commands whose last argument is the target of a copy. */
const COPIES = /^(?:shx\s+)?(?:cp|cpr|cpx2?|cpy|ncp|copyfiles|copy)\s/;

/** More scripts than a project has. */
const MAX_SCRIPTS = 100;

interface Build {
  readonly project: Project;
  readonly scripts: PackageJson['scripts'];
  /** Outputs of nested scripts: each script is followed once, so one that runs itself adds nothing. */
  readonly outputs: Map<string, string[] | undefined>;
}

function outputOf(build: Build, written: string): string[] | undefined {
  const text = written.replace(/^(?:cross-env\s+)?(?:[A-Z_]+=\S*\s+)*(?:(?:npx|bunx|bun x)\s+(?:--\S+\s+)*)?/, '');
  if (text === '' || NOTHING.test(text)) return [];
  const nested = /^(?:(?:npm|pnpm|yarn)\s+(?:run\s+)?|bun\s+(?:--bun\s+)?run\s+)([\w:-]+)\s*$/.exec(text)?.[1];
  if (nested !== undefined) return scriptOutput(build, nested);
  const several = /^(?:run-s|run-p|npm-run-all)((?:\s+[\w:.-]+)+)$/.exec(text)?.[1];
  if (several !== undefined) {
    const parts = several
      .trim()
      .split(/\s+/)
      .filter((name) => !name.startsWith('-'))
      .map((name) => scriptOutput(build, name));
    return parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
  }
  if (COPIES.test(text)) return within(text.trim().split(/\s+/).at(-1)?.replace(/["']/g, '') ?? '');
  const folder =
    /--(?:outdir|outDir|out-dir|dist-dir|output-path|dest)[= ]["']?([\w./-]+)/.exec(text)?.[1] ??
    /--outfile[= ]["']?([\w./-]+)\/[^/\s]+/.exec(text)?.[1] ??
    /^(?:babel|swc|tsup|parcel)\s.*\s-d[= ]["']?([\w./-]+)/.exec(text)?.[1];
  if (folder !== undefined) return within(folder);
  const tool = text.split(/\s+/)[0] ?? '';
  return Object.hasOwn(TOOLS, tool) ? TOOLS[tool]?.(build.project, text) : undefined;
}

/** The output of a script in package.json, including its pre and post scripts. */
function scriptOutput(build: Build, name: string): string[] | undefined {
  const { scripts, outputs } = build;
  if (outputs.has(name)) return outputs.get(name);
  if (!Object.hasOwn(scripts, name) || outputs.size >= MAX_SCRIPTS) return undefined;
  outputs.set(name, []);
  const parts = [`pre${name}`, name, `post${name}`]
    .flatMap((one) => (Object.hasOwn(scripts, one) ? (scripts[one] ?? '') : '').split(/&&|;/))
    .map((part) => outputOf(build, part.trim()));
  const found = parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
  outputs.set(name, found);
  return found;
}

/** Default output directories of tools, unless a setting changes them; from each tool's documentation, 2026-11. */
const TOOLS: Readonly<Record<string, (project: Project, text: string) => string[] | undefined>> = {
  tsc: tscOutput,
  vite: viteOutput,
  next: nextOutput,
  nest: (project) => nestOutput(project),
  'react-scripts': (project, text) => ofBuild(text, buildPath(project)),
  craco: (project, text) => ofBuild(text, buildPath(project)),
  'react-app-rewired': (project, text) => ofBuild(text, buildPath(project)),
  'vue-cli-service': (project, text) => ofBuild(text, unlessSet(project, /^vue\.config\./, /outputDir\s*:/, 'dist')),
  ng: (project, text) => ofBuild(text, angularOutput(project)),
  nuxt: (project, text) => (/^nuxt\s+build\s*$/.test(text) ? nuxtOutput(project) : undefined),
  nuxi: (project, text) => (/^nuxi\s+build\s*$/.test(text) ? nuxtOutput(project) : undefined),
  astro: (project, text) => ofBuild(text, unlessSet(project, /^astro\.config\./, /outDir\s*:/, 'dist')),
  'react-router': (project, text) =>
    ofBuild(text, unlessSet(project, /^react-router\.config\./, /buildDirectory/, 'build')),
  docusaurus: (_, text) => (/^docusaurus\s+build\s*$/.test(text) ? ['build'] : undefined),
  remix: (project, text) =>
    /^remix\s+vite:build\b/.test(text) ? unlessSet(project, /^vite\.config\./, /buildDirectory/, 'build') : undefined,
  tsup: (project) =>
    /"tsup"\s*:\s*\{/.test(readOf(project, 'package.json') ?? '')
      ? undefined
      : unlessSet(project, /^tsup\.config\./, /outDir\s*:/, 'dist'),
  parcel: (project, text) =>
    /^parcel\s+build\b/.test(text) && !/"(?:targets|dist)"/.test(readOf(project, 'package.json') ?? '')
      ? ['dist']
      : undefined,
};

function ofBuild(text: string, folders: string[] | undefined): string[] | undefined {
  return /^\S+\s+build\b/.test(text) ? folders : undefined;
}

function tscOutput(project: Project, text: string): string[] | undefined {
  const name = /(?:-p|--project|--build|-b)\s+([^\s-]\S*)/.exec(text)?.[1] ?? 'tsconfig.json';
  const file = (name.endsWith('.json') ? name : `${name}/tsconfig.json`).replace(/^\.\//, '');
  const folders = file.split('/').slice(0, -1);
  const config = withoutComments(readOf(project, file));
  if (/\s--noEmit\b/.test(text) || /"noEmit"\s*:\s*true/.test(config)) return [];
  if (/^tsc (?:-b|--build)\b/.test(text) && /"files"\s*:\s*\[\s*\]/.test(config))
    return referencesOutput(project, config);
  const out = outDirOf(config);
  if (out === undefined || folders.includes('..')) return undefined;
  // Relative to the settings: `"outDir": "../dist"` in src/tsconfig.json.
  const up = /^(?:\.\.\/){0,9}/.exec(out)?.[0] ?? '';
  const depth = folders.length - up.length / 3;
  return depth < 0 ? undefined : within([...folders.slice(0, depth), out.slice(up.length)].join('/'));
}

/** What `tsc -b` writes for settings without files, which only refer to others. */
function referencesOutput(project: Project, config: string): string[] | undefined {
  const parts = [...config.matchAll(/"path"\s*:\s*"([^"]+)"/g)].map(([, path]) => tscOutput(project, `tsc -p ${path}`));
  return parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
}

function withoutComments(config = ''): string {
  return config.replace(/\/\*[^*]*\*\//g, '').replace(/\/\/.*/g, '');
}

/** `outDir` of a tsconfig.json. */
function outDirOf(config: string): string | undefined {
  return /"outDir"\s*:\s*"([^"]+)"/.exec(config)?.[1];
}

function nestOutput(project: Project): string[] | undefined {
  const out = ['tsconfig.build.json', 'tsconfig.json']
    .map((name) => outDirOf(withoutComments(readOf(project, name))))
    .find((one) => one);
  return /"outDir"/.test(readOf(project, 'nest-cli.json') ?? '') ? undefined : within(out ?? 'dist');
}

function viteOutput(project: Project, text: string): string[] | undefined {
  if (!/^vite\s+build\s*(?:--mode[= ]\S+)?$/.test(text)) return undefined;
  const config = settingsOf(project, /^vite\.config\./);
  if (/\bsveltekit\b/.test(config)) return svelteOutput(project);
  if (/remix|reactRouter|solid-?start|qwik|vike|\bssr\b|laravel|tanstackStart|nitro|analog|\broot\s*:/i.test(config))
    return undefined;
  const out = /\boutDir\s*:\s*["'`]([\w./-]+)["'`]/.exec(config)?.[1];
  return out === undefined && /\boutDir\b/.test(config) ? undefined : within(out ?? 'dist');
}

function svelteOutput(project: Project): string[] | undefined {
  const config = settingsOf(project, /^svelte\.config\./);
  return /adapter-(?:node|static)["']/.test(config) && !/\b(?:out|pages|assets) ?:/.test(config)
    ? ['build']
    : undefined;
}

/** The output of Next.js, according to the settings for the output directory and mode. */
function nextOutput(project: Project, text: string): string[] | undefined {
  if (!/^next\s+build\b(?:\s+--(?:turbo|turbopack|no-lint|webpack))*\s*$/.test(text)) return undefined;
  const config = settingsOf(project, /^next\.config\./);
  if (/\bdistDir\b/.test(config)) return undefined;
  return /\boutput\s*:\s*["'`]export["'`]/.test(config) ? ['out'] : ['.next'];
}

/** True if `next build` writes a server with all its dependencies to `.next/standalone`. */
export function isStandalone(project: Project): boolean {
  const config = settingsOf(project, /^next\.config\./);
  return (
    config.split('\n').some((line) => !/^\s*\/\//.test(line) && /\boutput["']?: ?["'`]standalone["'`]/.test(line)) &&
    !/TracingRoot|transpilePackages|basePath|\bi18n ?[:,]/.test(config)
  );
}

function nuxtOutput(project: Project): string[] | undefined {
  const version = /\d+/.exec(project.json.versionOf('nuxt') ?? '')?.[0];
  return version !== undefined &&
    Number(version) >= 3 &&
    !/nitro\s*:|buildDir|\bpreset\b/.test(settingsOf(project, /^nuxt\.config\./))
    ? ['.output']
    : undefined;
}

function angularOutput(project: Project): string[] | undefined {
  const outs = [...(readOf(project, 'angular.json') ?? '').matchAll(/"outputPath"\s*:\s*"([^"]+)"/g)].map(
    ([, path = '']) => within(path)?.[0],
  );
  const [first] = outs;
  if (/"outputPath"\s*:\s*\{/.test(readOf(project, 'angular.json') ?? '')) return undefined;
  return outs.length === 0 ? ['dist'] : first !== undefined && outs.every((out) => out === first) ? [first] : undefined;
}

/** Create React App reads its output directory from a variable. */
function buildPath(project: Project): string[] | undefined {
  const isSet = filesOf(project).some(
    (path) =>
      /^\.env(?:\.[\w.]+)?$|^craco\.config\.|^config-overrides\./.test(path) &&
      /BUILD_PATH|appBuild|output\.path/.test(readOf(project, path) ?? ''),
  );
  return isSet ? undefined : ['build'];
}

function unlessSet(project: Project, name: RegExp, setting: RegExp, folder: string): string[] | undefined {
  return setting.test(settingsOf(project, name)) ? undefined : [folder];
}

/** The text of a tool's settings files. */
export function settingsOf(project: Project, name: RegExp): string {
  return filesOf(project)
    .filter((path) => name.test(path))
    .map((path) => readOf(project, path) ?? '')
    .join('\n');
}

/** The first directory of a path inside the project. */
function within(path: string): string[] | undefined {
  const parts = path
    .replace(/^\.\//, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const [first] = parts;
  return first === undefined || path.startsWith('/') || parts.includes('..') || /[*${}]/.test(first)
    ? undefined
    : [first];
}
