import { copiedBy } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Instruction } from '../../dockerfile/model';

/** More entries than these are not named one by one. */
const MAX_ENTRIES = 8;

/**
 * COPY instructions for what of a copied folder is needed at run time, each entry by its name: `COPY . .` becomes
 * `COPY views ./views`. Undefined where the copy is no plain one of a whole folder, or too much would have to be named.
 */
export function dataCopies(site: Site, node: Instruction, isNeeded: (path: string) => boolean): string[] | undefined {
  if (node.flags.some(({ name }) => name === 'from')) return undefined;
  const copied = copiedBy(node, site.context);
  if (!copied) return undefined;
  const needed = [...copied.values()].filter(isNeeded);
  if (needed.length === 0) return [];
  const [source, target] = node.args;
  if (node.args.length !== 2 || !source || !target || !/^\.?\/?$/.test(source.value)) return undefined;
  const entries = [...new Set(needed.map((path) => path.split('/')[0] ?? ''))].sort();
  if (entries.length > MAX_ENTRIES) return undefined;
  const flags = node.flags.map((flag) => `${site.dockerfile.text.slice(flag.span.start, flag.span.end)} `).join('');
  const files = entries.filter((entry) => site.context.files.has(entry));
  const folder = target.text.replace(/\/?$/, '/');
  return [
    ...(files.length > 0
      ? [`COPY ${flags}${files.join(' ')} ${files.length > 1 || !/^\.\/?$/.test(target.value) ? folder : target.text}`]
      : []),
    ...entries.filter((entry) => !files.includes(entry)).map((entry) => `COPY ${flags}${entry} ${folder}${entry}`),
  ];
}

/** Copies into the folder that is taken as a whole are in it already; others stay. */
export function insideOf(site: Site, node: Instruction, workdir: string): readonly string[] | undefined {
  const copied = node.flags.some(({ name }) => name === 'from') ? undefined : copiedBy(node, site.context);
  return copied && [...copied.keys()].every((path) => path.startsWith(`${workdir}/`)) ? [] : undefined;
}
