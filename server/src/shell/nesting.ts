const TOKENS = /[(){}]|\b(?:if|fi|do|done|case|esac)\b/g;
const CLOSED_BY: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['{', '}'],
  ['if', 'fi'],
  ['do', 'done'],
  ['case', 'esac'],
]);
const CLOSES: ReadonlyMap<string, string> = new Map([...CLOSED_BY].map(([open, close]) => [close, open]));
const MAX_DEPTH = 100;

/**
 * True when a script nests deeper than people write. Parsers recurse as deep as the script, and a stack overflow inside
 * a regular expression ends the process. Quotes are ignored, so brackets in quotes only make the count too high.
 */
export function isNestedTooDeeply(script: string): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  for (const [token] of script.matchAll(TOKENS)) {
    const opener = CLOSES.get(token);
    if (CLOSED_BY.has(token)) open.set(token, (open.get(token) ?? 0) + 1);
    else if (opener === undefined || !open.get(opener)) continue;
    else open.set(opener, (open.get(opener) ?? 0) - 1);
    depth += opener === undefined ? 1 : -1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
