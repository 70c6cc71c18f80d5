import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Token, type TokenizedLine, tokenize } from './tokenize';

const folder = new URL('./cases/', import.meta.url);
const isUpdating = process.env.UPDATE_SNAPSHOTS === '1';

/** The suffix is the same everywhere, and the instruction needs naming only once. */
function shortScopes({ scopes }: Token): string {
  const isKeyword = scopes.at(-1)?.startsWith('keyword.other.special-method');
  return scopes
    .filter((scope) => isKeyword || !scope.startsWith('meta.instruction.'))
    .map((scope) => scope.replace(/\.dockerfile$/, ''))
    .join(' ');
}

/** Under each line, one row a token: carets below its text, then its scopes. Tokens without either are left out. */
function render(lines: readonly TokenizedLine[]): string {
  return lines
    .flatMap(({ text, tokens }) => [
      `| ${text}`.trimEnd(),
      ...tokens
        .filter((token) => token.text.trim() !== '' && shortScopes(token) !== '')
        .map((token) => {
          const indent = text.slice(0, token.start).replace(/[^\t]/g, ' ');
          return `  ${indent}${'^'.repeat(token.end - token.start)} ${shortScopes(token)}`;
        }),
    ])
    .join('\n');
}

describe('each case has the scopes of its snapshot (UPDATE_SNAPSHOTS=1 rewrites them)', () => {
  const cases = readdirSync(folder).filter((name) => name.endsWith('.dockerfile'));
  test.each(cases)('%s', async (name) => {
    const actual = `${render(await tokenize(readFileSync(new URL(name, folder), 'utf8').trimEnd()))}\n`;
    const snapshot = new URL(name.replace(/dockerfile$/, 'scopes'), folder);
    if (isUpdating) writeFileSync(snapshot, actual);
    expect(existsSync(snapshot), `${name} has no snapshot`).toBe(true);
    expect(actual).toBe(readFileSync(snapshot, 'utf8'));
  });
});
