import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { commandKind } from '../../commands/commandKinds';
import type { Instruction } from '../../dockerfile/model';
import { readOptions } from '../../shell/options';
import { isWithin } from '../../text/paths';
import { dataCopies } from './dataCopies';

/**
 * Files of the build context that a RUN of these instructions removes again, by their paths in the context. If they
 * are not copied, they need not be removed. Empty if another instruction may read such a file first, or if the copies
 * cannot name the remaining files.
 */
export function removedFiles(site: Site, nodes: readonly Instruction[]): ReadonlySet<string> {
  const removed = new Set(nodes.flatMap((node) => removedBy(site, node) ?? []));
  const names = [...removed].map((path) => path.split('/')[0] ?? '');
  const isRead = nodes.some(
    (node) =>
      node.keyword === 'RUN' &&
      !removedBy(site, node) &&
      (node.script?.commands ?? []).some(
        (command) =>
          !/^(?:setup|system|user|packages|shell)$/.test(commandKind(command) ?? '') ||
          command.words.some(({ value }) => names.some((name) => value.includes(name))),
      ),
  );
  const copies = nodes.filter((node) =>
    [...(copiedBy(node, site.context)?.values() ?? [])].some((path) => removed.has(path)),
  );
  return !isRead && copies.every((node) => dataCopies(site, node, (path) => !removed.has(path)) !== undefined)
    ? removed
    : new Set();
}

/** The files that a RUN removes if it does nothing else; undefined for any other instruction. */
export function removedBy({ copied }: Site, node: Instruction): readonly string[] | undefined {
  const commands = node.keyword === 'RUN' && node.form === 'shell' ? (node.script?.commands ?? []) : [];
  const sources: string[] = [];
  for (const command of commands) {
    const { operands } = readOptions(command);
    const isForced = command.words.some(({ value }) => /^-[a-z]*f/i.test(value));
    if (command.name !== 'rm' || !isForced || operands.length === 0) return undefined;
    for (const { value, isStatic } of operands) {
      const path = absolutePath(value, workdirAt(node));
      const found = [...copied.files].filter(([target]) => isWithin(target, path));
      if (!isStatic || found.length === 0) return undefined;
      sources.push(...found.map(([, source]) => source));
    }
  }
  return sources.length === 0 ? undefined : sources;
}
