import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { stageMentions } from '../../dockerfile/stageMentions';
import { variableMentions } from '../../dockerfile/variableMentions';
import type { Localize } from '../../l10n/localize';
import { workspaceEdit } from '../actions/workspaceEdit';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';
import type { FeatureContext } from '../featureContext';
import { type NamedSymbol, symbolAt } from '../symbolAt';

/** The name at the cursor, if it can be renamed. */
export function prepareRename(
  { dockerfile, lines }: Analysis,
  { position }: PrepareRenameParams,
): { range: Range; placeholder: string } | null {
  const symbol = symbolAt(dockerfile, lines.offsetAt(position));
  if (!symbol?.here.isExact) return null;
  return { range: toRange(lines, symbol.here.span), placeholder: symbol.name };
}

/** Renames a stage or a variable in the whole file, or refuses and says why. */
export function rename(
  analysis: Analysis,
  { position, newName }: RenameParams,
  context: FeatureContext,
): WorkspaceEdit | null {
  const { dockerfile, lines } = analysis;
  const symbol = symbolAt(dockerfile, lines.offsetAt(position));
  if (!symbol) return null;
  const refusal = refusalOf(analysis, symbol, newName, context.engine.localize);
  if (refusal !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, refusal);
  const named = symbol.places.filter(({ isExact }) => isExact);
  return workspaceEdit(
    context,
    analysis,
    named.map(({ span }) => ({ span, newText: newName })),
  );
}

function refusalOf(
  { dockerfile }: Analysis,
  { kind, name, places }: NamedSymbol,
  newName: string,
  localize: Localize,
): string | undefined {
  const data = { name: newName };
  if (kind === 'variable') {
    const set = [name, newName].find((one) => PLATFORM_ARGS.has(one));
    if (set !== undefined) return localize('The builder sets `{name}`', { name: set });
    if (!/^[A-Za-z_]\w*$/.test(newName)) return localize('`{name}` is not a name of a variable', data);
    const isForeign = variableMentions(dockerfile).some(
      (mention) =>
        mention.kind === 'use' &&
        places.some(({ span }) => span.start === mention.span.start) &&
        mention.node.resolve(name) === undefined,
    );
    if (isForeign) return localize('`{name}` also gets a value outside of this file', { name });
    const isTaken = newName !== name && variableMentions(dockerfile).some((mention) => mention.name === newName);
    return isTaken ? localize('`{name}` is already a variable in this file', data) : undefined;
  }
  const lower = newName.toLowerCase();
  if (!/^[a-z][a-z0-9-_.]*$/.test(lower)) return localize('`{name}` is not a name of a stage', data);
  if (lower === 'scratch' || lower === 'context') return localize('`{name}` is a reserved name', data);
  if (lower === name.toLowerCase()) return undefined;
  if (dockerfile.stages.some((stage) => stage.name === lower))
    return localize('`{name}` is already a stage in this file', data);
  const isUsed = dockerfile.stages.some(({ from }) => from.args[0]?.value.toLowerCase() === lower);
  if (isUsed) return localize('`{name}` is an image that this file uses', data);
  // A reference that is not exactly the name: in quotes, or broken over lines.
  const missed = stageMentions(dockerfile).some(
    ({ stage, span, isExact }) =>
      !isExact &&
      stage.name === name.toLowerCase() &&
      places.some((place) => place.span.start === span.start) &&
      !/^\d+$/.test(dockerfile.text.slice(span.start, span.end)),
  );
  return missed ? localize('Not every reference to `{name}` can be renamed', { name }) : undefined;
}
