import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { variableMentions } from '../../dockerfile/variableMentions';
import { type Place, replacing } from './place';

/** Variables after `$` and `${`, and after ARG those that a stage can take over. */
export function variableItems(place: Place): CompletionItem[] | undefined {
  const { analysis, node, head, offset } = place;
  if (!node) return undefined;
  const { text, dockerfile } = analysis;
  const declared = /^ARG\s+(?:\S+\s+)*(\w*)$/i.exec(head)?.[1];
  if (declared !== undefined && node.stage) {
    const outer = dockerfile.globalArgs.flatMap(({ pairs }) => pairs.map(({ name }) => name));
    return itemsFor(place, [...new Set([...outer, ...PLATFORM_ARGS])], declared);
  }
  const [, brace, written] = /\$(\{?)(\w*)$/.exec(text.slice(Math.max(0, offset - 256), offset)) ?? [];
  if (written === undefined) return undefined;
  const names = new Set(
    variableMentions(dockerfile).flatMap(({ kind, name }) =>
      kind === 'definition' && node.resolve(name) !== undefined ? [name] : [],
    ),
  );
  const isGlobal = !node.stage || node.keyword === 'FROM';
  const all = [...names, ...(isGlobal ? [...PLATFORM_ARGS].filter((name) => !names.has(name)) : [])];
  const end = brace === '{' && !/^\w*[}:%#/+?-]/.test(text.slice(offset, offset + 256)) ? '}' : '';
  return itemsFor(place, all, written, end);
}

function itemsFor(place: Place, names: readonly string[], written: string, end = ''): CompletionItem[] {
  const { node, context } = place;
  const at = replacing(place, written, /^\w*/);
  return names.map((name): CompletionItem => {
    const value = node?.resolve(name)?.value;
    return {
      label: name,
      kind: CompletionItemKind.Variable,
      ...(value === undefined
        ? PLATFORM_ARGS.has(name)
          ? { detail: context.engine.localize('set by the builder') }
          : {}
        : { detail: value }),
      sortText: `${PLATFORM_ARGS.has(name) ? 1 : 0}${name}`,
      ...at(name + end),
    };
  });
}
