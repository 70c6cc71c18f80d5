import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { applyEdits, insertion, type TextEdit } from '../text/edits';
import { isDeep } from './yamlReader';

/** A value in a section of the configuration: one of a list, or the only one of its key, which it replaces. */
interface Entry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly isSingle?: true;
}

type Map = YAMLMap<Node, Node | null>;

/**
 * The text of a YAML or JSON configuration with one more value, such as in the list `without` of `optimize`. Everything else
 * stays as it is, comments too. Undefined: the text has no place for it.
 */
export function addToConfig(text: string, entry: Entry): string | undefined {
  const before = contentOf(text);
  const wanted = before && contentWith(before, entry);
  if (wanted === undefined || wanted === before) return wanted && text;
  const edit = editFor(text, entry);
  const after = edit && applyEdits(text, [edit]);
  // A place that the edit does not know, such as an alias, changes something else.
  return after !== undefined && JSON.stringify(contentOf(after)) === JSON.stringify(wanted) ? after : undefined;
}

type Content = Readonly<Record<string, unknown>>;

/** Undefined: it cannot be read, or it is no map. */
function contentOf(text: string): Content | undefined {
  if (isDeep(text)) return undefined;
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  try {
    const content: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
    return typeof content === 'object' && !Array.isArray(content) ? (content as Content) : undefined;
  } catch {
    // An alias that means nothing, or too many of them.
    return undefined;
  }
}

/** The same object: there is nothing to add. */
function contentWith(before: Content, { section, key, value, isSingle }: Entry): Content | undefined {
  const inside = before[section] ?? {};
  if (typeof inside !== 'object' || Array.isArray(inside)) return undefined;
  if (isSingle)
    return (inside as Content)[key] === value ? before : { ...before, [section]: { ...inside, [key]: value } };
  const present = (inside as Content)[key] ?? [];
  const values: readonly unknown[] = Array.isArray(present) ? present : [present];
  if (values.includes(value)) return before;
  return { ...before, [section]: { ...inside, [key]: [...values, value] } };
}

function editFor(text: string, entry: Entry): TextEdit | undefined {
  const { section, key } = entry;
  const root = parseDocument<Node>(text, { logLevel: 'silent' }).contents;
  const found = isMap<Node, Node | null>(root) ? pairOf(root, section) : undefined;
  if (isMap<Node, Node | null>(root) && root.flow && !found)
    return intoFlow(root, `${quoted(section)}: {${quoted(key)}: ${valueText(entry, quoted)}}`);
  if (!found) return afterLine(text, text.length, `${section}:${newlineOf(text)}  ${key}: ${valueText(entry, plain)}`);
  if (isNothing(found.value)) return fill(found, text, `${newlineOf(text)}  ${key}: ${valueText(entry, plain)}`);
  return isMap<Node, Node | null>(found.value) ? intoSection(text, found.value, entry) : undefined;
}

function intoSection(text: string, section: Map, entry: Entry): TextEdit | undefined {
  const { key, value, isSingle } = entry;
  const found = pairOf(section, key);
  if (!found && section.flow) return intoFlow(section, `${quoted(key)}: ${valueText(entry, quoted)}`);
  if (!found) return intoBlock(text, section, `${key}: ${valueText(entry, plain)}`);
  const list = found.value;
  if (isNothing(list)) return fill(found, text, ` ${valueText(entry, plain)}`);
  if (isSeq<Node>(list)) {
    if (!list.flow) return intoBlock(text, list, `- ${plain(value)}`);
    return intoFlow(list, text.slice(...rangeOf(list)).includes('"') ? quoted(value) : plain(value));
  }
  if (!isScalar(list)) return undefined;
  const [start, end] = rangeOf(list);
  if (isSingle) return { span: { start, end }, newText: text[start] === '"' ? quoted(value) : plain(value) };
  return { span: { start, end }, newText: `[${text.slice(start, end)}, ${plain(value)}]` };
}

/** After the last item of `[…]` or `{…}`, or into an empty one. */
function intoFlow(node: Map | YAMLSeq<Node>, added: string): TextEdit {
  const last = node.items.at(-1);
  if (last === undefined) return insertion(rangeOf(node)[0] + 1, added);
  return insertion(rangeOf('key' in last ? (last as Pair<Node, Node | null>).value : (last as Node))[1], `, ${added}`);
}

/** With the indentation of the block, before comments that follow it. */
function intoBlock(text: string, block: Map | YAMLSeq<Node>, added: string): TextEdit {
  const start = rangeOf(block)[0];
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  return afterLine(text, rangeOf(lastIn(block))[1], `${indent}${added}`);
}

function lastIn(node: Node): Node {
  if (isMap<Node, Node | null>(node) && !node.flow) {
    const last = node.items.at(-1);
    return last ? lastIn(last.value ?? last.key) : node;
  }
  const item = isSeq<Node>(node) && !node.flow ? node.items.at(-1) : undefined;
  return item ? lastIn(item) : node;
}

/** A line of its own after the one at an offset. */
function afterLine(text: string, offset: number, line: string): TextEdit {
  const newline = newlineOf(text);
  const isAtStart = offset === 0 || (offset === text.length && text.endsWith('\n'));
  if (isAtStart) return insertion(offset, `${line}${newline}`);
  const end = text.indexOf('\n', offset);
  return end < 0 ? insertion(text.length, `${newline}${line}${newline}`) : insertion(end + 1, `${line}${newline}`);
}

/** After a key without a value. */
function fill({ key }: Pair<Node, Node | null>, text: string, added: string): TextEdit | undefined {
  const colon = text.indexOf(':', rangeOf(key)[1]);
  return colon < 0 ? undefined : insertion(colon + 1, added);
}

function pairOf(map: Map, name: string): Pair<Node, Node | null> | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

function isNothing(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function rangeOf(node: Node | null): readonly [start: number, end: number] {
  const [start, end] = node?.range ?? [0, 0];
  return [start, end];
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function valueText({ value, isSingle }: Entry, written: (value: string) => string): string {
  return isSingle ? written(value) : `[${written(value)}]`;
}

/** Without quotes where YAML needs none. */
function plain(value: string): string {
  return /^[\w./][\w./+@-]*$/.test(value) && Number.isNaN(Number(value)) ? value : quoted(value);
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
