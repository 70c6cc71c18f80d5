import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';
import { symbolAt } from '../symbolAt';

export function documentHighlight(
  { dockerfile, lines }: Analysis,
  { position }: DocumentHighlightParams,
): DocumentHighlight[] {
  const places = symbolAt(dockerfile, lines.offsetAt(position))?.places ?? [];
  return places.map(({ span, isDefinition }) => ({
    range: toRange(lines, span),
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
