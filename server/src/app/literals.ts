/** A string literal in a source file. */
export interface Literal {
  /** Without quotes; each interpolation becomes `$X`. */
  readonly value: string;
  /** `'`, `"`, `` ` ``, or three of them. */
  readonly quote: string;
  /** The offset of its opening quote. */
  readonly start: number;
}

/** A source file with its comments blanked, and each string replaced by `⟦<number>⟧`. */
export interface MaskedSource {
  readonly code: string;
  readonly literals: readonly Literal[];
}

/** Languages with comments that begin with `#`. */
const HASH = /\.(?:py|rb|rake|pl|pm|ex|exs|sh|bash|r|jl|cr|tcl)$|(?:^|\/)[^./]+$/i;
/** Languages in which single quotes mark characters or lifetimes. */
const CHARACTERS = /\.(?:rs|go|c|cc|cpp|h|hpp|java|kt|cs)$/;
const TEMPLATES = /\.[cm]?[jt]sx?$/;
/** After this code, a slash begins a regular expression, not a division. */
const BEFORE_PATTERN = /^$|[(,=:[!&|?{};+~]$|\b(?:return|typeof|case)$/;

/** Splits a source file into code, strings and comments. It is not a parser: what it cannot read stays code. */
export function maskSource(path: string, text: string): MaskedSource {
  const isHash = HASH.test(path);
  const isPhp = path.endsWith('.php');
  const literals: Literal[] = [];
  let code = '';
  let at = 0;
  const skipTo = (end: number): void => {
    code += text.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  };
  while (at < text.length) {
    const one = text[at] ?? '';
    const two = text.slice(at, at + 2);
    if ((isHash || isPhp) && one === '#' && !/[\w${]/.test(text[at - 1] ?? '')) skipTo(lineEnd(text, at));
    else if (!isHash && two === '//' && text[at - 1] !== ':') skipTo(lineEnd(text, at));
    else if (!isHash && two === '/*') skipTo(endOf(text, '*/', at + 2));
    else if (TEMPLATES.test(path) && one === '/' && BEFORE_PATTERN.test(code.slice(-40).trimEnd()))
      skipTo(patternEnd(text, at) ?? at + 1);
    else {
      const end = literalEnd(path, text, at);
      if (end === undefined) {
        code += one;
        at++;
        continue;
      }
      const quote = quoteAt(text, at);
      const raw = text.slice(at + quote.length, end - quote.length);
      code += `⟦${literals.length}⟧`;
      literals.push({ value: valueOf(raw, quote), quote, start: at });
      at = end;
    }
  }
  return { code, literals };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function endOf(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  return end < 0 ? text.length : end + closing.length;
}

function patternEnd(text: string, start: number): number | undefined {
  let isClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const one = text[at];
    if (one === '\n') return undefined;
    if (one === '\\') at++;
    else if (one === '[') isClass = true;
    else if (one === ']') isClass = false;
    else if (one === '/' && !isClass) return at + 1;
  }
  return undefined;
}

function quoteAt(text: string, at: number): string {
  const three = text.slice(at, at + 3);
  return three === '"""' || three === "'''" ? three : (text[at] ?? '');
}

/** The end of the string that begins here; undefined when none begins. */
function literalEnd(path: string, text: string, start: number): number | undefined {
  const one = text[start];
  if (one !== '"' && one !== "'" && one !== '`') return undefined;
  if (one === "'" && CHARACTERS.test(path)) {
    const character = /'(?:\\[^\n]{1,8}?|[^'\\\n])'/y;
    character.lastIndex = start;
    return character.test(text) ? character.lastIndex : undefined;
  }
  const quote = quoteAt(text, start);
  if (quote.length === 3) return endOf(text, quote, start + 3);
  const isOfLines = one === '`';
  for (let at = start + 1; at < text.length; at++) {
    const next = text[at];
    if (next === '\\' && !(one === '`' && path.endsWith('.go'))) at++;
    else if (next === one) return at + 1;
    else if (next === '\n' && !isOfLines) return undefined;
    else if (next === '$' && isOfLines && text[at + 1] === '{') at = expressionEnd(text, at + 2);
  }
  return undefined;
}

/** The offset after the code in `${…}`, found by counting braces. */
function expressionEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

function valueOf(raw: string, quote: string): string {
  const plain = quote === '`' ? raw.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '$$X') : raw;
  return plain.replace(/\\(?:\r?\n|(.))/gs, (_, one?: string) =>
    one === 'n' ? '\n' : one === 't' ? '\t' : (one ?? ''),
  );
}
