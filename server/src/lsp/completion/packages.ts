import { type CompletionItem, CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import { broughtBy, bytesOf, packageNames } from '../../knowledge/packageSizes';
import { aboutSize } from '../aboutSize';
import { type Place, replacing } from './place';

const MAX_ITEMS = 100;

/** Packages of apt with the size of what they install. */
export function packageItems(place: Place): CompletionList | undefined {
  const { node, head, context } = place;
  if (node?.keyword !== 'RUN') return undefined;
  const call = head.slice(Math.max(head.lastIndexOf('&&'), head.lastIndexOf(';'), head.lastIndexOf('|')) + 1);
  const words = call.split(/\s+/);
  const written = words.pop() ?? '';
  const isInstall = words.includes('install') && words.some((word) => word === 'apt' || word === 'apt-get');
  if (!isInstall || !/^[a-z0-9][\w.+-]*$/.test(written)) return undefined;
  const at = replacing(place, written, /^[\w.+-]*/);
  const names = packageNames().filter((name) => name.startsWith(written));
  const items = names.slice(0, MAX_ITEMS).map((name): CompletionItem => {
    const size = bytesOf(broughtBy(name) ?? []);
    return {
      label: name,
      kind: CompletionItemKind.Module,
      ...(size > 0 ? { detail: aboutSize(context.engine.localize, size) } : {}),
      ...at(name),
    };
  });
  return { isIncomplete: names.length > MAX_ITEMS, items };
}
