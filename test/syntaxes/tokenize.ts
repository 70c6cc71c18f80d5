import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { stubGrammar } from './stubGrammars';

const rootScope = 'source.dockerfile.optimizer';
const grammarFile = new URL('../../syntaxes/dockerfile.tmLanguage.json', import.meta.url);
const wasmFile = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Outermost first, without the scope of the file. */
  readonly scopes: readonly string[];
}

export interface TokenizedLine {
  readonly text: string;
  readonly tokens: readonly Token[];
}

async function loadGrammar(): Promise<IGrammar> {
  await loadWASM({ data: await readFile(wasmFile) });
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scopeName) =>
      scopeName === rootScope
        ? parseRawGrammar(await readFile(grammarFile, 'utf8'), grammarFile.pathname)
        : stubGrammar(scopeName),
  });
  const grammar = await registry.loadGrammar(rootScope);
  if (grammar === null) throw new Error(`No grammar for ${rootScope}`);
  return grammar;
}

// The wasm module can be loaded once only.
const grammarLoaded = loadGrammar();

/** The file as VS Code would colour it: line by line, each from the state the line before it left. */
export async function tokenize(text: string): Promise<readonly TokenizedLine[]> {
  const grammar = await grammarLoaded;
  let state = INITIAL;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    const tokens = result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      start: startIndex,
      end: Math.min(endIndex, line.length),
      text: line.slice(startIndex, endIndex),
      scopes: scopes.slice(1),
    }));
    return { text: line, tokens };
  });
}

export function hasScope(token: Token, scope: string): boolean {
  return token.scopes.some((name) => name === scope || name.startsWith(`${scope}.`));
}
