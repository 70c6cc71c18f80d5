import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver';
import type { Analysis } from '../analyses';
import { commentItems } from '../completion/comments';
import { pathItems } from '../completion/contextPaths';
import { flagItems } from '../completion/flags';
import { imageItems } from '../completion/images';
import { instructionItems } from '../completion/instructions';
import { packageItems } from '../completion/packages';
import { placeAt } from '../completion/place';
import { variableItems } from '../completion/variables';
import { wordItems } from '../completion/words';
import type { FeatureContext } from '../featureContext';

/** What can be written at the cursor. */
export function completion(
  analysis: Analysis,
  { position }: CompletionParams,
  context: FeatureContext,
): CompletionItem[] | CompletionList {
  const { dockerfile, lines } = analysis;
  const offset = lines.offsetAt(position);
  const place = placeAt(analysis, context, offset);
  const isContent = dockerfile.instructions.some(({ heredocs }) =>
    heredocs.some(({ content }) => content.start <= offset && offset < content.end),
  );
  if (isContent) return variableItems(place) ?? packageItems(place) ?? [];
  return (
    commentItems(place) ??
    variableItems(place) ??
    imageItems(place) ??
    flagItems(place) ??
    wordItems(place) ??
    packageItems(place) ??
    instructionItems(place) ??
    pathItems(place) ??
    []
  );
}
