import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { dockerignoreOf } from '../../app/ignoreFile';
import { sizeText } from '../../text/byteText';
import { type Place, replacing } from './place';

const MAX_ITEMS = 200;

/** Files and folders of the build context as sources of COPY and ADD. */
export function pathItems(place: Place): CompletionItem[] | undefined {
  const { node, head, analysis, context } = place;
  const { buildContext } = analysis;
  if (!buildContext || !node || (node.keyword !== 'COPY' && node.keyword !== 'ADD')) return undefined;
  if (/\s--from=/.test(head)) return undefined;
  // Bounded: an instruction (dockerfile/limits.ts).
  const written = /^\w+\s+(?:[^\s[]\S*\s+)*([^\s[]\S*)?$/.exec(head);
  const word = written?.[1] ?? '';
  if (!written || /^(?:-|\/|<<|\w+:)|[$*?"]/.test(word)) return undefined;
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const inside = folder.replace(/^(?:\.\/)+/, '');
  const ignored = dockerignoreOf(buildContext);
  const entries = new Map<string, { files: number; bytes: number }>();
  for (const [path, { sizeBytes }] of buildContext.files) {
    if (!path.startsWith(inside) || ignored?.isIgnored(path)) continue;
    const rest = path.slice(inside.length);
    const name = rest.includes('/') ? rest.slice(0, rest.indexOf('/') + 1) : rest;
    const entry = entries.get(name) ?? { files: 0, bytes: 0 };
    entries.set(name, { files: entry.files + 1, bytes: entry.bytes + sizeBytes });
  }
  const at = replacing(place, word, /^[^\s]*/);
  return [...entries].slice(0, MAX_ITEMS).map(([name, { files, bytes }]): CompletionItem => {
    const isFolder = name.endsWith('/');
    const size = sizeText(bytes);
    return {
      label: name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      detail: isFolder ? context.engine.localize('{count} files, {size}', { count: files, size }) : size,
      filterText: folder + name,
      // What describes the build itself is seldom copied.
      sortText: `${/^(?:Dockerfile|Containerfile|\.dockerignore)/.test(name) ? 2 : isFolder ? 0 : 1}${name}`,
      ...at(folder + name),
    };
  });
}
