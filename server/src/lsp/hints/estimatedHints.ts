import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { type Phrase, phrase, say } from '../../l10n/phrase';
import { estimateSizes } from '../../optimizer/estimateSizes';
import { aboutSize } from '../aboutSize';
import { toSpan } from '../convert';
import type { Analysis } from '../documents';
import type { RegistryLookups } from '../registryLookups';
import type { Settings } from '../settings';

/** From here on what a RUN installs is worth a figure. */
const HEAVY_BYTES = 20_000_000;

/** About how large images are behind each FROM, and what heavy RUNs install. */
export function estimatedHints(
  { knowledge, localize }: Engine,
  { dockerfile, buildContext, lines }: Analysis,
  range: Range,
  setting: Settings['inlayHints'],
  lookups?: RegistryLookups,
): InlayHint[] {
  const shown = toSpan(lines, range);
  const hints: { readonly offset: number; readonly label: string; readonly basis: Phrase }[] = [];
  for (const { stage, base, download, instructions } of estimateSizes(dockerfile, knowledge, buildContext)) {
    if (stage.base.kind === 'image') {
      const offset = stage.from.args[0]?.span.end ?? 0;
      const live = lookups?.of(stage.base.image).image;
      if (live)
        hints.push({
          offset,
          label: `${(live.sizeBytes / 1_000_000).toFixed(0)} MB`,
          basis: phrase('download size, from the registry'),
        });
      else if (base && download !== undefined)
        hints.push({ offset, label: aboutSize(localize, download), basis: base.basis });
    }
    if (setting !== 'all') continue;
    for (const { node, bytes, basis } of instructions)
      if (node.keyword === 'RUN' && bytes >= HEAVY_BYTES)
        hints.push({ offset: node.span.end, label: aboutSize(localize, bytes), basis });
  }
  return hints
    .filter(({ offset }) => shown.start <= offset && offset <= shown.end)
    .map(({ offset, label, basis }) => ({
      position: lines.positionAt(offset),
      label,
      kind: InlayHintKind.Parameter,
      tooltip: say(localize, basis),
      paddingLeft: true,
    }));
}
