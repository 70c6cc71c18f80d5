import type { PackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

/** The folders, relative to package.json, that the builds of a stage write; a guard where they are not known. */
export function outputFolders(site: Site, json: PackageJson, commands: readonly ShellCommand[]): string[] | Guard {
  const folders = new Set<string>();
  const build: Build = { site, scripts: json.scripts, outputs: new Map() };
  for (const command of commands) {
    const text = scriptBehind(command, json);
    if (text === undefined) continue;
    for (const part of text.split(/&&|;/)) {
      const found = outputOf(build, part.trim());
      if (found === undefined) return refuse('what `{name}` writes is not known', { name: part.trim() });
      for (const folder of found) folders.add(folder);
    }
  }
  return [...folders];
}

/** The script in package.json that a command runs, or the command itself. */
function scriptBehind(command: ShellCommand, { scripts }: PackageJson): string | undefined {
  const words = command.words.map(({ value }) => value);
  if (/^(?:npm|yarn|pnpm)$/.test(command.name)) {
    const script = words.slice(1).find((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script');
    if (script === undefined || /lint|test|check/.test(script) || !Object.hasOwn(scripts, script)) return undefined;
    return [scripts[`pre${script}`], scripts[script], scripts[`post${script}`]]
      .filter((text) => text !== undefined)
      .join(' && ');
  }
  return command.name === 'npx' || command.name === 'tsc' ? words.join(' ') : undefined;
}

const NOTHING =
  /^(?:npx\s+)?(?:eslint|prettier|rimraf|rm\s|del\s|jest|vitest|mocha|vue-tsc|echo\b|mkdir\b|tsc\s+.*--noEmit|tsc\s+--noEmit)/;

/** More than a project has. */
const MAX_SCRIPTS = 100;

interface Build {
  readonly site: Site;
  readonly scripts: PackageJson['scripts'];
  /** Of scripts that others run: each is followed once, and one that runs itself adds nothing. */
  readonly outputs: Map<string, string[] | undefined>;
}

function outputOf(build: Build, written: string): string[] | undefined {
  const { site, scripts, outputs } = build;
  const text = written.replace(/^(?:cross-env\s+)?(?:[A-Z_]+=\S*\s+)*(?:npx\s+(?:--\S+\s+)*)?/, '');
  if (text === '' || NOTHING.test(text)) return [];
  const nested = /^(?:npm|pnpm|yarn)\s+(?:run\s+)?([\w:-]+)\s*$/.exec(text)?.[1];
  if (nested !== undefined) {
    if (outputs.has(nested)) return outputs.get(nested);
    const script = Object.hasOwn(scripts, nested) ? scripts[nested] : undefined;
    if (script === undefined || outputs.size >= MAX_SCRIPTS) return undefined;
    outputs.set(nested, []);
    const parts = script.split(/&&|;/).map((part) => outputOf(build, part.trim()));
    const found = parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
    outputs.set(nested, found);
    return found;
  }
  const folder =
    /--(?:outdir|outDir|out-dir|dist-dir|output-path|dest)[= ]["']?([\w./-]+)/.exec(text)?.[1] ??
    /--outfile[= ]["']?([\w./-]+)\/[^/\s]+/.exec(text)?.[1];
  if (folder !== undefined) return within(folder);
  const tool = text.split(/\s+/)[0] ?? '';
  if (tool === 'tsc') {
    const project = /(?:-p|--project|--build|-b)\s+(\S+)/.exec(text)?.[1] ?? 'tsconfig.json';
    const config = site.context.read(project.endsWith('.json') ? project : `${project}/tsconfig.json`);
    const out = config && /"outDir"\s*:\s*"([^"]+)"/.exec(config)?.[1];
    return out === undefined || out === '' ? undefined : within(out);
  }
  if (tool === 'vite' && /^vite\s+build\b/.test(text))
    return ownSetting(site, /^vite\.config\./, /outDir\s*:/) ? undefined : ['dist'];
  if (tool === 'react-scripts') return ['build'];
  if (tool === 'nest') return ['dist'];
  return undefined;
}

/** A setting in a file of the tool says something else than its default. */
function ownSetting({ context }: Site, name: RegExp, setting: RegExp): boolean {
  return [...context.files.keys()].some((path) => name.test(path) && setting.test(context.read(path) ?? ''));
}

/** The first folder of a path inside the project. */
function within(path: string): string[] | undefined {
  const parts = path
    .replace(/^\.\//, '')
    .split('/')
    .filter((part) => part !== '');
  const [first] = parts;
  return first === undefined || path.startsWith('/') || parts.includes('..') ? undefined : [first];
}
