import { isAt, type Span } from '../text/span';
import type { DockerfileModel, Instruction, Stage } from './model';

/** A place that names a variable: `X` in `ARG X`, `$X`, `${X%y}` or `X=1 make`. */
export interface VariableMention {
  readonly name: string;
  /** Exactly the name. */
  readonly span: Span;
  /** The trigger for what is inside ONBUILD. */
  readonly node: Instruction;
  readonly kind: 'definition' | 'assignment' | 'use';
}

const NAME = /[A-Za-z_]\w*/y;
/** What the shell or the program expands, not the builder. */
const RUNS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL']);

/** All places of a file that name a variable, in source order. */
export function variableMentions(dockerfile: DockerfileModel): VariableMention[] {
  return dockerfile.instructions.flatMap((node) => mentionsIn(dockerfile, node.trigger ?? node));
}

/** The places that mean the same variable as the one at an offset; undefined where there is none that the file defines. */
export function variableAt(dockerfile: DockerfileModel, offset: number): readonly VariableMention[] | undefined {
  const node = dockerfile.instructions.findLast(({ span }) => span.start <= offset);
  const here = node && mentionsIn(dockerfile, node.trigger ?? node).find(({ span }) => isAt(span, offset));
  if (!here) return undefined;
  const named = variableMentions(dockerfile).filter(({ name }) => name === here.name);
  const scopes = connectedScopes(here, named);
  const same = named.filter((mention) => scopes.has(scopeOf(mention.node)));
  return same.some(({ kind }) => kind === 'definition') ? same : undefined;
}

/** Above the first FROM, and in every FROM, are the global ARGs. */
function scopeOf({ stage, keyword }: Instruction): Stage | undefined {
  return keyword === 'FROM' ? undefined : stage;
}

/**
 * A name means the same in a stage and in the stages that it continues. An ARG is the build argument of that name, so it
 * connects its stage with all others that declare it.
 */
function connectedScopes(here: VariableMention, named: readonly VariableMention[]): ReadonlySet<Stage | undefined> {
  const declaring = new Set<Stage | undefined>();
  for (const { kind, node } of named) if (kind === 'definition' && node.keyword === 'ARG') declaring.add(scopeOf(node));
  const mentioning = new Set(named.map(({ node }) => scopeOf(node)));
  const found = new Set<Stage | undefined>();
  const waiting = [scopeOf(here.node)];
  for (let scope = waiting.pop(); found.size < mentioning.size; scope = waiting.pop()) {
    found.add(scope);
    for (const other of mentioning) {
      const isSame = declaring.has(scope) && declaring.has(other);
      if (!found.has(other) && (isSame || continues(scope, other) || continues(other, scope))) waiting.push(other);
    }
    if (waiting.length === 0) break;
  }
  return found;
}

function continues(stage: Stage | undefined, earlier: Stage | undefined): boolean {
  for (let at = stage; at && earlier; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    if (at === earlier) return true;
  return false;
}

function mentionsIn({ text, escape, comments }: DockerfileModel, node: Instruction): VariableMention[] {
  const found: VariableMention[] = [];
  const add = (kind: VariableMention['kind'], start: number, name: string) =>
    found.push({ name, span: { start, end: start + name.length }, node, kind });
  if (node.keyword === 'ARG' || node.keyword === 'ENV')
    for (const { name, nameSpan } of node.pairs)
      if (name !== '' && text.slice(nameSpan.start, nameSpan.end) === name) add('definition', nameSpan.start, name);
  if (text.slice(node.span.start, node.span.end).includes('$'))
    for (const { span, hasQuotes } of expandedParts(node))
      for (const { start, name } of usesIn(text, span, hasQuotes ? escape : undefined))
        if (!comments.some((comment) => comment.span.start <= start && start < comment.span.end))
          add('use', start, name);
  for (const { assignments } of node.script?.commands ?? [])
    for (const { name, span } of assignments)
      if (text.startsWith(name, span.start)) add('assignment', span.start, name);
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Where variables are expanded. */
function expandedParts(node: Instruction): { readonly span: Span; readonly hasQuotes: boolean }[] {
  const quoted = (span: Span) => ({ span, hasQuotes: true });
  const flags = node.flags.map(({ span }) => quoted(span));
  if (!RUNS.has(node.keyword)) return [...flags, quoted(node.body), ...expandedHeredocs(node)];
  // A script in exec form: `["sh", "-c", "echo $X"]`.
  if (node.form === 'exec') {
    const script = node.script && node.args[2];
    return script ? [...flags, quoted({ start: script.span.start + 1, end: script.span.end - 1 })] : flags;
  }
  if (!node.script) return flags;
  if (node.form === 'heredoc') return [...flags, ...node.heredocs.map(({ content }) => quoted(content))];
  return [...flags, quoted(node.body), ...expandedHeredocs(node)];
}

function expandedHeredocs(node: Instruction): { readonly span: Span; readonly hasQuotes: boolean }[] {
  return node.heredocs.filter(({ expand }) => expand).map(({ content }) => ({ span: content, hasQuotes: false }));
}

/** `$X` and `${X…}`, but not within single quotes or after an escape character. */
function* usesIn(text: string, span: Span, escape: string | undefined): Generator<{ start: number; name: string }> {
  /** The open `"` and `$(`. */
  const open: string[] = [];
  for (let at = span.start; at < span.end; at++) {
    const char = text[at] ?? '';
    if (escape === undefined ? char === '\\' : char === escape) at++;
    else if (char === '$') {
      const next = text[at + 1];
      if (next === '(') {
        open.push('(');
        at++;
        continue;
      }
      // Shells have `${#X}` and `${!X}` too.
      const start = at + 1 + (next === '{' ? (/[#!]/.test(text[at + 2] ?? '') ? 2 : 1) : 0);
      NAME.lastIndex = start;
      const name = NAME.exec(text)?.[0];
      if (name === undefined || start + name.length > span.end) continue;
      yield { start, name };
      at = start + name.length - 1;
    } else if (escape === undefined) continue;
    else if (char === '"') {
      if (open.at(-1) === '"') open.pop();
      else open.push('"');
    } else if (char === ')' && open.at(-1) === '(') open.pop();
    else if (char === "'" && open.at(-1) !== '"') {
      const close = text.indexOf("'", at + 1);
      if (close < 0 || close >= span.end) return;
      at = close;
    }
  }
}
