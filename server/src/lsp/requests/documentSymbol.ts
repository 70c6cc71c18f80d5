import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';

/** The outline: stages with their instructions. */
export function documentSymbol({ text, dockerfile, lines }: Analysis): DocumentSymbol[] {
  const ofInstruction = (node: Instruction): DocumentSymbol => ({
    name: node.keyword,
    detail: shortened(node.bodyText),
    kind: KINDS[node.keyword] ?? SymbolKind.Function,
    range: toRange(lines, node.span),
    selectionRange: toRange(lines, node.keywordSpan),
  });
  const ofStage = ({ name, nameSpan, index, from, instructions }: Stage): DocumentSymbol => {
    const written = nameSpan ? text.slice(nameSpan.start, nameSpan.end) : name;
    const base = from.args[0]?.text ?? '';
    const title = written === undefined ? base : base === '' ? written : `${written} — ${base}`;
    const selected = nameSpan ?? from.keywordSpan;
    return {
      // A name must not be empty.
      name: title === '' ? `${index}` : title,
      detail: 'FROM',
      kind: SymbolKind.Module,
      range: toRange(lines, { start: from.span.start, end: (instructions.at(-1) ?? from).span.end }),
      selectionRange: toRange(lines, selected),
      children: instructions.map(ofInstruction),
    };
  };
  const loose = dockerfile.instructions.filter(({ stage }) => stage === undefined);
  return [...loose.map(ofInstruction), ...dockerfile.stages.map(ofStage)];
}

const KINDS: Readonly<Record<string, SymbolKind>> = {
  ARG: SymbolKind.Variable,
  ENV: SymbolKind.Variable,
  LABEL: SymbolKind.Property,
  CMD: SymbolKind.Event,
  ENTRYPOINT: SymbolKind.Event,
};

const MAX_DETAIL = 80;

function shortened(line: string): string {
  const text = line.slice(0, 2 * MAX_DETAIL).replace(/\s+/g, ' ');
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text;
}
