import { estimateSizes } from '../../app/estimateSizes';
import type { Engine } from '../../engine/engine';
import { unpackedBytes } from '../../knowledge/unpackedBytes';
import { type Phrase, phrase, say } from '../../l10n/phrase';
import { sizeText } from '../../text/byteText';
import { sizeOnDisk } from '../aboutSize';
import type { Analysis } from '../analyses';
import type { RegistryLookups } from '../registryLookups';
import type { Settings } from '../settings';
import type { SizeHint } from './sizeHint';

/** The least that a RUN must install to get a size hint. */
const HEAVY_BYTES = 20_000_000;

/** Estimated sizes: of the image after each FROM, and of what heavy RUNs install. */
export function estimatedHints(
  { knowledge, localize }: Engine,
  { dockerfile, buildContext }: Analysis,
  setting: Settings['inlayHints'],
  lookups?: RegistryLookups,
): SizeHint[] {
  const hints: SizeHint[] = [];
  const add = (offset: number, bytes: number, basis: Phrase) =>
    hints.push({ offset, label: sizeOnDisk(localize, bytes), tooltip: say(localize, basis) });
  for (const { stage, base, instructions } of estimateSizes(dockerfile, knowledge, buildContext)) {
    if (stage.base.kind === 'image') {
      const offset = stage.from.args[0]?.span.end ?? 0;
      const live = lookups?.of(stage.base.image).image;
      if (live)
        add(
          offset,
          unpackedBytes(live.sizeBytes),
          phrase('{download} to download, from the registry', { download: sizeText(live.sizeBytes) }),
        );
      else if (base) add(offset, base.bytes, base.basis);
    }
    if (setting !== 'all') continue;
    for (const { node, bytes, basis } of instructions)
      if (node.keyword === 'RUN' && bytes >= HEAVY_BYTES) add(node.span.end, bytes, basis);
  }
  return hints;
}
