import type { CommandNode, ParsedScript, PipelineNode, SyntaxNode, Word as UnbashWord, WordPart } from 'unbash';
import * as unbash from 'unbash';
import { baseName } from '../text/paths';
import type { Span } from '../text/span';
import { shiftSpan } from '../text/span';
import type { Word } from '../text/word';
import { LogicalText } from './logicalText';
import { isNestedTooDeeply } from './nesting';
import type {
  Assignment,
  Redirect,
  ShellChain,
  ShellCommand,
  ShellItem,
  ShellItemKind,
  ShellOperator,
  ShellScript,
} from './script';
import { countWrapperWords, isAssignment } from './wrappers';

/** Reads a script that is a text of its own; places are those in this text. */
export function parseText(text: string): ShellScript {
  return parseShell(LogicalText.of(text, [{ start: 0, end: text.length }]));
}

/** Reads a sh or bash script. Never throws; syntax errors are in `errors`. */
export function parseShell(logical: LogicalText): ShellScript {
  if (isNestedTooDeeply(logical.text)) {
    const span = logical.spanOf(0, 0);
    return { chain: { items: [], operators: [] }, commands: [], errors: [{ message: 'nested too deeply', span }] };
  }
  const builder: Builder = { place: placesOf(logical), text: logical.text, commands: [], errors: [], depth: 0 };
  const chain = buildChain(readStatements(builder), builder, TOP);
  builder.commands.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  return { chain, commands: builder.commands, errors: builder.errors };
}

/** How a part of a script runs, as inherited by its commands. */
interface Mode {
  readonly isConditional: boolean;
  readonly isSubstitution: boolean;
}

const TOP: Mode = { isConditional: false, isSubstitution: false };

interface Builder {
  /** Converts offsets in `text` to a span of the document. */
  readonly place: (start: number, end: number) => Span;
  readonly text: string;
  readonly commands: ShellCommand[];
  readonly errors: { message: string; span: Span }[];
  /** How many substitutions are open. */
  depth: number;
}

function placesOf(logical: LogicalText): Builder['place'] {
  // In unbash, an unterminated word may end past the end of the text.
  const { length } = logical.text;
  return (start, end) => logical.spanOf(Math.min(start, length), Math.min(end, length));
}

/** With more stray tokens than this, the rest is not shell. */
const MAX_RESUMPTIONS = 64;

/**
 * unbash stops at a token that cannot be where it is. The rest is then parsed as if the text began after that token.
 */
function readStatements(builder: Builder): readonly Statement[] {
  const { text } = builder;
  let tree = unbash.parse(text);
  collectErrors(tree, builder);
  if (!tree.errors) return tree.commands;
  const statements = [...tree.commands];
  for (let count = 0; count < MAX_RESUMPTIONS; count++) {
    const from = endOfStrayToken(tree, text);
    if (from === undefined) break;
    // Blanks keep the offsets of the rest unchanged.
    tree = unbash.parse(' '.repeat(from) + text.slice(from));
    collectErrors(tree, builder);
    statements.push(...tree.commands);
  }
  return statements;
}

/**
 * The offset after the token that stopped the parser and the operators after it; undefined when everything was read.
 */
function endOfStrayToken(tree: ParsedScript, text: string): number | undefined {
  const read = tree.commands.at(-1)?.end ?? 0;
  const stray = tree.errors?.findLast((error) => error.pos >= read && error.message.startsWith(STRAY));
  if (!stray) return undefined;
  const token = /^'(.+)'$/s.exec(stray.message.slice(STRAY.length).trim())?.[1] ?? '';
  const rest = /[\s;&|]*/y;
  rest.lastIndex = stray.pos + Math.max(1, text.startsWith(token, stray.pos) ? token.length : 1);
  rest.exec(text);
  return rest.lastIndex > stray.pos && rest.lastIndex < text.length ? rest.lastIndex : undefined;
}

const STRAY = 'unexpected token';

function collectErrors(tree: ParsedScript, builder: Builder): void {
  for (const { message, pos } of tree.errors ?? []) {
    builder.errors.push({ message, span: builder.place(pos, Math.min(pos + 1, builder.text.length)) });
  }
}

interface Flat {
  readonly node: PipelineNode;
  readonly isAfterOr: boolean;
}

type Statement = ParsedScript['commands'][number];

/** `a && b || c; d`: flattens the parts of all statements into one list. */
function buildChain(statements: readonly Statement[], builder: Builder, mode: Mode): ShellChain {
  const flat: Flat[] = [];
  const operators: ShellOperator[] = [];
  for (const [index, statement] of statements.entries()) {
    const { command } = statement;
    const nodes = command.type === 'AndOr' ? command.commands : [command];
    let isAfterOr = operators.at(-1)?.text === '||';
    let isAfterTest = false;
    for (const [at, node] of nodes.entries()) {
      const operator = command.type === 'AndOr' ? command.operators[at - 1] : undefined;
      if (operator !== undefined) {
        operators.push(operatorBetween(operator, nodes[at - 1]?.end ?? 0, node.pos, builder));
        if (operator === '||') isAfterOr = true;
        else if (isTest(nodes[at - 1])) isAfterTest = true;
      }
      flat.push({ node, isAfterOr: isAfterOr || isAfterTest });
    }
    const hasNext = index + 1 < statements.length;
    const between = separatorAfter(nodes.at(-1)?.end ?? statement.end, builder, hasNext);
    if (between) operators.push(between);
  }
  const items: ShellItem[] = [];
  const chain: ShellChain = { items, operators };
  for (const [itemIndex, { node, isAfterOr }] of flat.entries()) {
    const first = builder.commands.length;
    const inner = isAfterOr ? { ...mode, isConditional: true } : mode;
    buildItem(node, chain, itemIndex, builder, inner);
    items.push({
      kind: kindOf(node),
      span: builder.place(node.pos, node.end),
      commands: builder.commands.slice(first),
    });
  }
  return chain;
}

function operatorBetween(text: '&&' | '||', from: number, to: number, builder: Builder): ShellOperator {
  const at = Math.max(from, builder.text.lastIndexOf(text, to));
  return { text, span: builder.place(at, at + text.length) };
}

/** `;`, `&` or a line end after a statement; at the end of the script, only `;` and `&`. */
function separatorAfter(from: number, builder: Builder, hasNext: boolean): ShellOperator | undefined {
  const separator = /(?:[ \t\r]|\\\r?\n)*(?:#[^\n]*)?(&&|\|\||[;&\n])?/y;
  separator.lastIndex = from;
  const found = separator.exec(builder.text)?.[1];
  const isTrailing = found === ';' || found === '&';
  if (!hasNext && !isTrailing) return undefined;
  // Only a stray token leaves no separator to find.
  const text = OPERATORS.find((one) => one === found) ?? ';';
  const end = found === undefined ? from : separator.lastIndex;
  return { text, span: builder.place(found === undefined ? from : end - found.length, end) };
}

const OPERATORS: readonly ShellOperator['text'][] = ['&&', '||', ';', '&', '\n'];

function isTest(node: PipelineNode | undefined): boolean {
  if (node?.type === 'Pipeline') return node.commands.length === 1 && isTest(node.commands[0]);
  if (node?.type === 'TestCommand' || node?.type === 'ArithmeticCommand') return true;
  return node?.type === 'Command' && (node.name?.value === '[' || node.name?.value === 'test');
}

const KINDS: Readonly<Record<string, ShellItemKind>> = {
  Command: 'command',
  Pipeline: 'pipeline',
  BraceGroup: 'group',
  Subshell: 'subshell',
  If: 'if',
  For: 'for',
  ArithmeticFor: 'for',
  Select: 'for',
  While: 'while',
  Case: 'case',
  Function: 'function',
};

function kindOf(node: PipelineNode): ShellItemKind {
  if (node.type === 'Redirected') return kindOf(node.command);
  // `! a` and `time a` are pipelines with one command.
  if (
    node.type === 'Pipeline' &&
    node.commands.length === 1 &&
    node.prefixes.every((prefix) => prefix.type === 'Time')
  ) {
    const [only] = node.commands;
    return only ? kindOf(only) : 'other';
  }
  return KINDS[node.type] ?? 'other';
}

function buildItem(node: PipelineNode, chain: ShellChain, itemIndex: number, builder: Builder, mode: Mode): void {
  const parts = node.type === 'Pipeline' ? node.commands : [node];
  for (const [index, part] of parts.entries()) {
    buildNode(part, { chain, itemIndex, pipeline: { index, length: parts.length } }, builder, mode);
  }
}

type Position = Pick<ShellCommand, 'chain' | 'itemIndex' | 'pipeline'>;

function buildNode(node: CommandNode, position: Position, builder: Builder, mode: Mode): void {
  const maybe = { ...mode, isConditional: true };
  switch (node.type) {
    case 'Command':
      buildCommand(node, position, builder, mode);
      return;
    case 'Redirected':
      buildNode(node.command, position, builder, mode);
      for (const redirect of node.redirects) visitSubstitutions(redirect, builder, mode);
      return;
    case 'Subshell':
    case 'BraceGroup':
      buildChain(node.body.commands, builder, mode);
      return;
    case 'If':
      buildChain(node.clause.commands, builder, mode);
      buildChain(node.then.commands, builder, maybe);
      for (const elif of node.elif) {
        buildChain(elif.clause.commands, builder, maybe);
        buildChain(elif.then.commands, builder, maybe);
      }
      if (node.else) buildChain(node.else.commands, builder, maybe);
      return;
    case 'While':
      buildChain(node.clause.commands, builder, maybe);
      buildChain(node.body.commands, builder, maybe);
      return;
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      unbash.forEachChild(node, (child) => {
        if (child.type !== 'CompoundList') visitSubstitutions(child, builder, mode);
      });
      buildChain(node.body.commands, builder, maybe);
      return;
    case 'Case':
      visitSubstitutions(node.word, builder, mode);
      for (const item of node.items) buildChain(item.body.commands, builder, maybe);
      return;
    case 'Function':
      if (node.body.type === 'CompoundList') buildChain(node.body.commands, builder, maybe);
      else buildNode(node.body, position, builder, maybe);
      return;
    case 'Coproc':
      if (node.body.type === 'CompoundList') buildChain(node.body.commands, builder, maybe);
      else buildNode(node.body, position, builder, maybe);
      return;
    default:
      visitSubstitutions(node, builder, mode);
  }
}

type CommandSyntax = Extract<CommandNode, { type: 'Command' }>;

function buildCommand(node: CommandSyntax, position: Position, builder: Builder, mode: Mode): void {
  const all: Word[] = [];
  const assignments: Assignment[] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    const value = part.value.type === 'Word' && isPlain(part.value) ? part.value.value : undefined;
    assignments.push({ name: part.name, value, span: builder.place(part.pos, part.end) });
  }
  if (node.name) all.push(makeWord(node.name, builder));
  for (const argument of node.args)
    all.push(argument.type === 'Word' ? makeWord(argument, builder) : assignmentWord(argument, builder));
  const wrapped = countWrapperWords(all.map((word) => word.value));
  const wrappers = all.slice(0, wrapped);
  const words = all.slice(wrapped);
  const plainWrappers: Word[] = [];
  for (const [index, word] of wrappers.entries()) {
    if (index > 0 && isAssignment(word.value)) {
      const equals = word.value.indexOf('=');
      const value = word.isStatic ? word.value.slice(equals + 1) : undefined;
      assignments.push({ name: word.value.slice(0, equals), value, span: word.span });
    } else plainWrappers.push(word);
  }
  const [first] = words;
  builder.commands.push({
    name: first?.isStatic ? baseName(first.value) : '',
    words,
    wrappers: plainWrappers,
    assignments,
    redirects: node.redirects.map((redirect) => makeRedirect(redirect, builder)),
    span: builder.place(node.pos, node.end),
    ...position,
    ...mode,
  });
  visitSubstitutions(node, builder, mode);
  addNestedScript(node, first, builder, mode);
}

type RedirectSyntax = CommandSyntax['redirects'][number];

function makeRedirect(node: RedirectSyntax, builder: Builder): Redirect {
  const target = node.type === 'HereDoc' ? undefined : node.target;
  const descriptor = node.descriptor ? builder.text.slice(node.descriptor.pos, node.descriptor.end) : '';
  return {
    operator: descriptor + node.operator,
    ...(target ? { target: makeWord(target, builder) } : {}),
    span: builder.place(node.pos, node.end),
  };
}

function makeWord(node: UnbashWord, builder: Builder): Word {
  return { text: node.text, value: node.value, span: builder.place(node.pos, node.end), isStatic: isPlain(node) };
}

/** Words like `--opt=value` that unbash reads as assignments, as in `export A=1`. */
function assignmentWord(node: Extract<SyntaxNode, { type: 'Assignment' }>, builder: Builder): Word {
  const isStatic = node.value.type === 'Word' && isPlain(node.value);
  const value = node.value.type === 'Word' ? `${node.name}=${node.value.value}` : node.text;
  return { text: node.text, value, span: builder.place(node.pos, node.end), isStatic };
}

/** No expansion, no unquoted glob or brace, no leading tilde. */
function isPlain(word: UnbashWord): boolean {
  if (word.text.startsWith('~')) return false;
  return (word.parts ?? []).every(isPlainPart);
}

function isPlainPart(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.every((child) => child.type === 'Literal');
    default:
      return false;
  }
}

/** Deeper substitutions are not read: each level parses again, on the same stack. */
const MAX_DEPTH = 16;

/** Commands inside `$(…)`, backticks and `<(…)`, at any depth in words, redirects and heredocs. */
function visitSubstitutions(node: SyntaxNode, builder: Builder, mode: Mode): void {
  unbash.forEachChild(node, (child) => {
    if (
      child.type === 'CommandExpansion' ||
      child.type === 'ProcessSubstitution' ||
      child.type === 'ArithmeticCommandExpansion'
    ) {
      if (child.script) buildSubstitution(child.script, builder, mode);
    } else visitSubstitutions(child, builder, mode);
  });
}

function buildSubstitution(script: ParsedScript, builder: Builder, mode: Mode): void {
  // unbash first decodes text in backticks with escapes: its offsets no longer match the document, so no fix could be
  // placed.
  if (script.source !== undefined || builder.depth === MAX_DEPTH) return;
  builder.depth++;
  collectErrors(script, builder);
  buildChain(script.commands, builder, { ...mode, isSubstitution: true });
  builder.depth--;
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash']);

/**
 * `sh -c '…'`: its script runs too. It is read only where the document contains the text exactly as the shell gets it.
 */
function addNestedScript(node: CommandSyntax, first: Word | undefined, builder: Builder, mode: Mode): void {
  if (mode.isSubstitution || !SHELLS.has(baseName(first?.value ?? ''))) return;
  const option = node.args.findIndex((word) => word.type === 'Word' && /^-[a-z]*c$/.test(word.value));
  const script = option < 0 ? undefined : node.args[option + 1];
  if (script?.type !== 'Word' || !isPlain(script) || script.value === '') return;
  // Only quotes around it: each character has its own position in the document.
  if (!/^(['"]).*\1$/s.test(script.text) || script.text.length !== script.value.length + 2) return;
  const at = script.pos + 1;
  const inner: Builder = {
    ...builder,
    text: script.value,
    place: (start, end) => builder.place(at + start, at + end),
  };
  buildChain(readStatements(inner), inner, mode);
}

/** The same script at another position in the document. */
export function shiftScript(script: ShellScript, by: number): ShellScript {
  if (by === 0) return script;
  const chains = new Map<ShellChain, { items: ShellItem[]; operators: ShellOperator[] }>();
  const chainOf = (chain: ShellChain): ShellChain => {
    let shifted = chains.get(chain);
    if (!shifted) {
      shifted = { items: [], operators: chain.operators.map((one) => ({ ...one, span: shiftSpan(one.span, by) })) };
      chains.set(chain, shifted);
    }
    return shifted;
  };
  const moveWord = (word: Word): Word => ({ ...word, span: shiftSpan(word.span, by) });
  const moved = new Map<ShellCommand, ShellCommand>();
  const commands = script.commands.map((command): ShellCommand => {
    const copy: ShellCommand = {
      ...command,
      words: command.words.map(moveWord),
      wrappers: command.wrappers.map(moveWord),
      assignments: command.assignments.map((one) => ({ ...one, span: shiftSpan(one.span, by) })),
      redirects: command.redirects.map((one) => ({
        ...one,
        ...(one.target ? { target: moveWord(one.target) } : {}),
        span: shiftSpan(one.span, by),
      })),
      span: shiftSpan(command.span, by),
      chain: chainOf(command.chain),
    };
    moved.set(command, copy);
    return copy;
  });
  const chain = chainOf(script.chain);
  for (const [old, fresh] of chains) {
    fresh.items.push(
      ...old.items.map((item) => ({
        ...item,
        span: shiftSpan(item.span, by),
        commands: item.commands.map((command) => moved.get(command) ?? command),
      })),
    );
  }
  return { chain, commands, errors: script.errors.map((one) => ({ ...one, span: shiftSpan(one.span, by) })) };
}
