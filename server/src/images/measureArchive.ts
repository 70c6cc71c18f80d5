import type { Instruction } from '../dockerfile/model';
import { parseDockerfile } from '../dockerfile/parse';
import type { Localize } from '../l10n/localize';
import type { MeasuredLayer, Measurement } from '../reports/measurement';
import { now } from '../system/clock';
import { createLineIndex } from '../text/lineIndex';
import { type Archive, readImageArchive } from './layers/imageArchive';
import { type LayerOrigins, layerOrigins } from './layers/layerOrigins';
import { stackLayers } from './layers/stackLayers';

/** Facts about an image that are not in its archive. */
export interface ImageFacts {
  readonly image: string;
  readonly engine: string;
  /** The Dockerfile of the image, if it is known. */
  readonly dockerfile?: {
    readonly text: string;
    readonly targetStage: string | undefined;
    readonly buildArgs: ReadonlyMap<string, string>;
    /** The image was built from this very text. */
    readonly isBuilt: boolean;
  };
  readonly localize: Localize;
}

/**
 * Reads an image and finds the instructions that made its layers.
 * @throws Unreadable
 */
export async function measureArchive(archive: Archive, facts: ImageFacts, signal: AbortSignal): Promise<Measurement> {
  const { files, layers: ranges, compressedBytes, config } = await readImageArchive(archive, signal);
  const stacked = stackLayers(files, ranges);
  const { dockerfile } = facts;
  const stage = dockerfile && parseDockerfile(dockerfile.text, dockerfile).stages.find(({ isFinal }) => isFinal);
  const origins = layerOrigins(config, stage, dockerfile?.isBuilt === true);
  const text = dockerfile?.text ?? '';
  const lines = createLineIndex(text);
  const layers = stacked.layers.map((figures, index): MeasuredLayer => {
    const { createdBy = '', isBase = false, node } = origins.layers[index] ?? {};
    const made = { ...figures, digest: config.diffIds[index] ?? '', isBase };
    if (!node) return { ...made, createdBy };
    const { line } = lines.positionAt(node.keywordSpan.start);
    return { ...made, createdBy: inOneLine(node, text), span: node.span, line };
  });
  const sum = (figure: 'bytes' | 'wastedBytes') => layers.reduce((total, layer) => total + layer[figure], 0);
  return {
    image: facts.image,
    engine: facts.engine,
    platform: config.platform,
    measuredAt: now().toISOString(),
    bytes: sum('bytes'),
    ...(compressedBytes === undefined ? {} : { compressedBytes }),
    wastedBytes: sum('wastedBytes'),
    layers,
    files: stacked.files,
    duplicates: stacked.duplicates,
    ...unmapped(origins, facts.localize),
  };
}

/** The instruction as it is in the file: builders replace names with digests. */
function inOneLine({ span }: Instruction, text: string): string {
  return text.slice(span.start, span.end).replace(/[\\`]?\s+/g, ' ');
}

function unmapped({ problem }: LayerOrigins, localize: Localize): Pick<Measurement, 'unmapped'> {
  if (problem === undefined) return {};
  return {
    unmapped:
      problem === 'no-history'
        ? localize('The image history does not cover all layers, so layers cannot be matched to lines')
        : localize('The image was built from different instructions, so layers cannot be matched to lines'),
  };
}
