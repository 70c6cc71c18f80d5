import { parseDockerfile } from '../dockerfile/parse';
import type { MeasuredWaste } from '../engine/measured';
import type { Measurement } from '../reports/measurement';

/** The measurements of one text of a document. */
export interface Measured {
  readonly before: Measurement;
  /** The optimized text and its measurement. */
  readonly after: { readonly text: string; readonly measurement: Measurement } | undefined;
}

/** The last measurement of each document, valid as long as the text does not change. */
export class Measurements {
  readonly #last = new Map<string, { readonly text: string; readonly measured: Measured }>();

  keep(uri: string, text: string, measured: Measured): void {
    this.#last.set(uri, { text, measured });
  }

  of(uri: string, text: string): Measured | undefined {
    const last = this.#last.get(uri);
    return last?.text === text ? last.measured : undefined;
  }

  wasteOf(uri: string, text: string): readonly MeasuredWaste[] | undefined {
    const measured = this.of(uri, text);
    if (!measured) return undefined;
    const places = new Map(parseDockerfile(text).instructions.map(({ span }, index) => [span.start, index]));
    return measured.before.layers.flatMap(({ span, wastedBytes, caches }) => {
      const instruction = span && places.get(span.start);
      return instruction === undefined ? [] : [{ instruction, wastedBytes, caches }];
    });
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }
}
