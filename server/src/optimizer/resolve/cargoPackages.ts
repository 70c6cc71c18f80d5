import { normalPath } from '../../app/copiedFiles';
import type { BuildContext } from '../../engine/buildContext';
import { type Guard, isGuard, refuse } from '../transform';

/** A package of the project, not one of its dependencies. */
export interface CargoPackage {
  /** Path in the build context with a trailing `/`; '' for the root of the context. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  /** Source files that Cargo starts from; they must exist, with any content. */
  readonly files: readonly string[];
}

const MANY_PACKAGES = 12;

/**
 * The package next to the Dockerfile, or all packages of its workspace; a guard if more than manifests is needed
 * first.
 */
export function cargoPackages(context: BuildContext): CargoPackage[] | Guard {
  const root = context.read('Cargo.toml') ?? '';
  const open = [...(/^[ \t]*\[package\]/m.test(root) ? [''] : []), ...membersOf(root, context)];
  const found = new Map<string, CargoPackage>();
  for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
    if (found.has(folder)) continue;
    const one = packageIn(folder, context);
    if (isGuard(one)) return one;
    found.set(folder, one);
    for (const path of pathsIn(one.text).map((written) => normalPath(folder + written))) {
      const inside = path === '' ? '' : `${path}/`;
      if (!context.files.has(`${inside}Cargo.toml`) || /(?:^|\/)vendor\//.test(inside))
        return refuse('Cargo.toml refers to project files or directories that the download needs');
      open.push(inside);
    }
  }
  if (found.size === 0) return refuse('Cargo.toml has no package name');
  if (found.size > MANY_PACKAGES) return refuse('there are too many projects to copy one by one');
  return [...found.values()];
}

/** Folders of a workspace's packages, each with a trailing `/`: `members = ["api", "crates/*"]`. */
export function membersOf(root: string, context: BuildContext): string[] {
  const workspace = tableOf(root, '[workspace]');
  const listOf = (key: string) =>
    [
      ...(
        new RegExp(`^[ \\t]*${key}[ \\t]{0,20}=[ \\t]{0,20}\\[([^\\]]{0,4000})\\]`, 'm').exec(workspace)?.[1] ?? ''
      ).matchAll(/"([^"]+)"/g),
    ].map(([, path = '']) => path.replace(/\/$/, ''));
  const manifests = [...context.files.keys()].flatMap((path) =>
    path.endsWith('/Cargo.toml') ? [path.slice(0, -'/Cargo.toml'.length)] : [],
  );
  const excluded = listOf('exclude');
  return listOf('members').flatMap((member) => {
    if (member === '.') return [''];
    if (!member.includes('*')) return [`${member}/`];
    const pattern = new RegExp(`^${member.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]+')}$`);
    return manifests
      .filter((folder) => pattern.test(folder) && !excluded.includes(folder))
      .map((folder) => `${folder}/`);
  });
}

function packageIn(folder: string, context: BuildContext): CargoPackage | Guard {
  const text = context.read(`${folder}Cargo.toml`);
  const name =
    text === undefined ? undefined : /^[ \t]*name[ \t]*=[ \t]*"([\w-]+)"/m.exec(tableOf(text, '[package]'))?.[1];
  if (text === undefined || name === undefined) return refuse('Cargo.toml has no package name');
  if (/^[ \t]*build[ \t]*=/m.test(text) || context.files.has(`${folder}build.rs`))
    return refuse('a build script may read the sources');
  const programs = programsIn(text, folder, context);
  if (!programs || /^[ \t]*\[\[(?:bench|example|test)\]|^[ \t]*\[lib\][^[]*^[ \t]*path[ \t]*=/m.test(text))
    return refuse('Cargo.toml lists targets whose sources the download needs');
  const found = ['src/main.rs', 'src/lib.rs'].map((file) => folder + file).filter((file) => context.files.has(file));
  const files = [...new Set([...found, ...programs])];
  return files.length === 0 ? refuse('there is no src/main.rs') : { folder, name, text, files };
}

/** The sources of the programs that Cargo.toml lists; undefined if one is unknown or not in `src`. */
function programsIn(text: string, folder: string, { files }: BuildContext): string[] | undefined {
  const paths = tablesOf(text)
    .filter(isProgram)
    .map((table) => {
      const [, path] = /^[ \t]*path[ \t]*=[ \t]*"([\w./-]+)"/m.exec(table) ?? [];
      const [, name = ''] = /^[ \t]*name[ \t]*=[ \t]*"([\w-]+)"/m.exec(table) ?? [];
      const places = path === undefined ? [`src/bin/${name}.rs`, `src/bin/${name}/main.rs`, 'src/main.rs'] : [path];
      return places.map((place) => folder + normalPath(place)).find((place) => files.has(place));
    });
  return paths.every((path) => path?.startsWith(`${folder}src/`))
    ? paths.filter((path) => path !== undefined)
    : undefined;
}

/** Directories of other packages. */
function pathsIn(text: string): string[] {
  return tablesOf(text)
    .filter((table) => !isProgram(table))
    .flatMap((table) => [...table.matchAll(/\bpath[ \t]*=[ \t]*"([^"\n]+)"/g)].map(([, path = '']) => path));
}

function isProgram(table: string): boolean {
  return table.startsWith('[[bin]]');
}

/** The text in parts, each from its heading on. */
function tablesOf(text: string): string[] {
  return text.split(/^[ \t]*(?=\[)/m);
}

/** The lines under a heading, up to the next one. */
function tableOf(text: string, heading: string): string {
  const at = text.indexOf(heading);
  return at < 0 ? '' : (text.slice(at + heading.length).split('\n[')[0] ?? '');
}
