import { describe, expect, it } from 'vitest';
import type { DocumentSymbol, TextDocumentEdit, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { variableMentions } from '../../../server/src/dockerfile/variableMentions';
import { defaultConfig, resolveConfig } from '../../../server/src/engine/config';
import { type Analysis, createAnalyses } from '../../../server/src/lsp/analyses';
import type { FeatureContext } from '../../../server/src/lsp/featureContext';
import { completion } from '../../../server/src/lsp/requests/completion';
import { documentSymbol } from '../../../server/src/lsp/requests/documentSymbol';
import { foldingRange } from '../../../server/src/lsp/requests/foldingRange';
import { rename } from '../../../server/src/lsp/requests/rename';
import { selectionRange } from '../../../server/src/lsp/requests/selectionRange';
import { semanticTokens } from '../../../server/src/lsp/requests/semanticTokens';
import { signatureHelp } from '../../../server/src/lsp/requests/signatureHelp';
import { CORPORA } from '../../helpers/corpora';
import { analyzer } from '../../helpers/plan';
import { differenceOf } from '../../trace/buildTrace';

const context: FeatureContext = {
  engine: analyzer,
  capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
  formatOptions: () => ({}),
};
const uri = 'file:///app/Dockerfile';

function analyze(text: string): Analysis {
  return createAnalyses(analyzer).get(TextDocument.create(uri, 'dockerfile', 1, text), () => ({
    config: resolveConfig(defaultConfig, analyzer.rules, ''),
    contextFolder: undefined,
    known: undefined,
    buildContext: undefined,
    contextIn: undefined,
    shellCheck: undefined,
    imageScans: { foundIn: () => new Map() },
    imagePlatforms: undefined,
    measured: undefined,
  }));
}

/** Names that nothing defines. */
function undefinedIn({ findings }: Analysis): string[] {
  const ids = new Set(['no-undefined-variable', 'no-undefined-from-arg', 'require-arg-in-stage']);
  return findings.map(({ ruleId }) => ruleId).filter((id) => ids.has(id));
}

/** The text after a rename; undefined when it is refused. */
function renamed(analysis: Analysis, offset: number, newName: string): string | undefined {
  try {
    const params = { textDocument: { uri }, position: analysis.lines.positionAt(offset), newName };
    const [change] = (rename(analysis, params, context)?.documentChanges ?? []) as TextDocumentEdit[];
    const document = TextDocument.create(uri, 'dockerfile', 1, analysis.text);
    return change && TextDocument.applyEdits(document, change.edits as TextEdit[]);
  } catch {
    return undefined;
  }
}

describe.each(CORPORA)('language features on real files: $title', ({ files: all }) => {
  const files = all.filter((_, index) => index % 5 === 0);

  it('give well-formed answers at every line', () => {
    for (const { name, text } of files) {
      const analysis = analyze(text);
      const { lines } = analysis;
      const check = ({ name: title, range, selectionRange: own, children = [] }: DocumentSymbol): void => {
        expect(title, name).not.toBe('');
        expect(lines.offsetAt(own.start), name).toBeGreaterThanOrEqual(lines.offsetAt(range.start));
        expect(lines.offsetAt(own.end), name).toBeLessThanOrEqual(lines.offsetAt(range.end));
        for (const child of children) check(child);
      };
      for (const symbol of documentSymbol(analysis)) check(symbol);
      for (const { startLine, endLine } of foldingRange(analysis)) expect(endLine, name).toBeGreaterThan(startLine);
      expect(
        semanticTokens(analysis).data.every((value) => value >= 0),
        name,
      ).toBe(true);
      for (let line = 0; line < lines.lineCount; line += 3) {
        const position = { line, character: (line * 7) % 40 };
        const at = { textDocument: { uri }, position };
        completion(analysis, at, context);
        signatureHelp(analysis, at, context);
        selectionRange(analysis, { textDocument: { uri }, positions: [position] });
      }
    }
  });

  it('rename stages without changing the build, and variables back to the same text', () => {
    for (const { name, text } of files) {
      const analysis = analyze(text);
      for (const { nameSpan } of analysis.dockerfile.stages) {
        const after = nameSpan && renamed(analysis, nameSpan.start, 'fresh-name');
        if (after !== undefined) expect(differenceOf(text, after), name).toBeUndefined();
      }
      for (const { name: variable, span } of variableMentions(analysis.dockerfile)) {
        expect(text.slice(span.start, span.end), name).toBe(variable);
        const after = renamed(analysis, span.start, 'FRESH_NAME');
        if (after === undefined) continue;
        const again = analyze(after);
        expect(undefinedIn(again), name).toEqual(undefinedIn(analysis));
        const mention = variableMentions(again.dockerfile).find((one) => one.name === 'FRESH_NAME');
        expect(mention && renamed(again, mention.span.start, variable), name).toBe(text);
        break;
      }
    }
  });
});
