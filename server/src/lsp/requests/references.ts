import type { Location, ReferenceParams } from 'vscode-languageserver';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';
import { symbolAt } from '../symbolAt';

/** All places that name the stage or variable at the cursor. */
export function references({ uri, dockerfile, lines }: Analysis, { position, context }: ReferenceParams): Location[] {
  const places = symbolAt(dockerfile, lines.offsetAt(position))?.places ?? [];
  return places
    .filter(({ isDefinition }) => context.includeDeclaration || !isDefinition)
    .map(({ span }) => ({ uri, range: toRange(lines, span) }));
}
