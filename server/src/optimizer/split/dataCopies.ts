import { copiedBy } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Instruction } from '../../dockerfile/model';

/** More entries than this are not listed individually. */
const MAX_ENTRIES = 10;

/**
 * COPY instructions for the part of a copied directory that is needed at run time, each entry by name: `COPY . .`
 * becomes `COPY views ./views`, `COPY package*.json ./` becomes `COPY package.json ./`. Undefined if the COPY stays as
 * it is.
 */
export function dataCopies(site: Site, node: Instruction, isNeeded: (path: string) => boolean): string[] | undefined {
  const copied = copiedBy(node, site.context);
  if (!copied) return undefined;
  const paths = [...copied.values()];
  const needed = paths.filter(isNeeded);
  if (needed.length === 0) return [];
  if (needed.length === paths.length) return undefined;
  const [source, target] = node.args;
  const flags = node.flags.map((flag) => `${site.dockerfile.text.slice(flag.span.start, flag.span.end)} `).join('');
  const isWhole = node.args.length === 2 && source !== undefined && /^\.?\/?$/.test(source.value);
  if (!isWhole) return isManifests(node, paths) ? namedCopy(node, flags, needed) : undefined;
  if (!target) return undefined;
  const entries = [...new Set(needed.map((path) => path.split('/')[0] ?? ''))].sort();
  if (entries.length > MAX_ENTRIES || entries.some((entry) => /\s/.test(entry))) return undefined;
  const folder = target.text.replace(/\/?$/, '/');
  const files = entries.filter((entry) => site.context.files.has(entry));
  return [
    ...(files.length > 0
      ? [`COPY ${flags}${files.join(' ')} ${files.length > 1 || !/^\.\/?$/.test(target.value) ? folder : target.text}`]
      : []),
    ...entries.filter((entry) => !files.includes(entry)).map((entry) => `COPY ${flags}${entry} ${folder}${entry}`),
  ];
}

/** Only files, by name or pattern, and no directories. */
function isManifests(node: Instruction, paths: readonly string[]): boolean {
  const sources = node.args.slice(0, -1).map(({ value }) => value.replace(/^\.?\//, ''));
  return paths.every((path) =>
    sources.some((source) => source === path || (/\*/.test(source) && dirOf(source) === dirOf(path))),
  );
}

function dirOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function namedCopy(node: Instruction, flags: string, needed: readonly string[]): string[] | undefined {
  const target = node.args.at(-1)?.text ?? '';
  // A target that names a single file may have been meant for another file.
  if (needed.some((path) => /\s/.test(path)) || !/^\.?$|\/$/.test(target)) return undefined;
  return [`COPY ${flags}${[...new Set(needed)].join(' ')} ${needed.length > 1 ? target.replace(/\/?$/, '/') : target}`];
}

/** Copies into a directory that is copied as a whole are already in it; other copies stay. */
export function insideOf(site: Site, node: Instruction, workdir: string): readonly string[] | undefined {
  const copied = copiedBy(node, site.context);
  return copied && [...copied.keys()].every((path) => path.startsWith(`${workdir}/`)) ? [] : undefined;
}
