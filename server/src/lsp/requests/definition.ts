import type { DefinitionParams, Location } from 'vscode-languageserver';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';
import { symbolAt } from '../symbolAt';

/** Where the stage or variable at the cursor gets its name. */
export function definition({ uri, dockerfile, lines }: Analysis, { position }: DefinitionParams): Location[] {
  const symbol = symbolAt(dockerfile, lines.offsetAt(position));
  return (symbol?.definitions ?? []).map((span) => ({ uri, range: toRange(lines, span) }));
}
