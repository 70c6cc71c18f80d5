import { parseDockerfile } from '../dockerfile/parse';
import type { MeasuredWaste } from '../engine/measured';
import type { Measurement } from '../reports/measurement';
import type { Verification } from '../reports/verification';

/** A built image. */
export interface MeasuredImage {
  readonly bytes: number;
  readonly layerCount: number;
  readonly engine: string;
  /** ISO 8601 */
  readonly measuredAt: string;
  /** Layer by layer; undefined: the image was built and run, and not read. */
  readonly contents?: Measurement | undefined;
}

/** The images of one text of a document. */
export interface Measured {
  readonly before: MeasuredImage;
  readonly after?: OptimizedImage | undefined;
}

interface OptimizedImage {
  /** The optimized text. */
  readonly text: string;
  readonly image: MeasuredImage;
}

/** The last measurement of each document, valid as long as the text is the original or the optimized one. */
export class Measurements {
  readonly #last = new Map<string, { readonly text: string; readonly measured: Measured }>();

  /** Together with what is already known of the same text. */
  keep(uri: string, text: string, { before, after }: Measured): void {
    const earlier = this.of(uri, text);
    const contents = before.contents ?? earlier?.before.contents;
    this.#last.set(uri, { text, measured: { before: { ...before, contents }, after: after ?? earlier?.after } });
  }

  of(uri: string, text: string): Measured | undefined {
    const last = this.#last.get(uri);
    if (last?.text === text) return last.measured;
    const after = last?.measured.after;
    return after?.text === text ? { before: after.image } : undefined;
  }

  wasteOf(uri: string, text: string): readonly MeasuredWaste[] | undefined {
    const contents = this.of(uri, text)?.before.contents;
    if (!contents) return undefined;
    const places = new Map(parseDockerfile(text).instructions.map(({ span }, index) => [span.start, index]));
    return contents.layers.flatMap(({ span, wastedBytes, caches }) => {
      const instruction = span && places.get(span.start);
      return instruction === undefined ? [] : [{ instruction, wastedBytes, caches }];
    });
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }
}

export function imageRead(contents: Measurement): MeasuredImage {
  const { bytes, layers, engine, measuredAt } = contents;
  return { bytes, layerCount: layers.length, engine, measuredAt, contents };
}

/** Undefined: the engine only builds. */
export function imageVerified(
  { engine, verifiedAt, ...images }: Verification,
  which: 'before' | 'after',
): MeasuredImage | undefined {
  const { bytes, layers } = images[which] ?? {};
  if (bytes === undefined || layers === undefined) return undefined;
  return { bytes, layerCount: layers, engine, measuredAt: verifiedAt };
}
