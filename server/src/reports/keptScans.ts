import { baseImages } from '../dockerfile/baseImages';
import { imageText } from '../dockerfile/imageReference';
import type { DockerfileModel, ImageReference, Instruction } from '../dockerfile/model';
import { listOf, recordOf, textOf } from '../text/jsonValue';
import type { Span } from '../text/span';
import { isScanReport } from './isScanReport';
import type { ScanReport } from './scanReport';

/** A persistent key-value store; values that cannot be read or written count as missing. */
export interface ValueStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** A layer of a built image. */
export interface MadeLayer {
  /** The digest of the unpacked layer. */
  readonly digest: string;
  /** The span of the instruction that made it. */
  readonly span: Span;
}

/** The scan result for the image that a Dockerfile builds. */
export interface BuiltScan {
  readonly report: ScanReport;
  /** Instructions by the digest of their layer. */
  readonly layers: ReadonlyMap<string, Instruction>;
}

/** Identifies a layer of a built image by the text of its instruction, because lines may be added above it. */
interface LayerMark {
  readonly digest: string;
  readonly text: string;
  /** How many instructions with the same text come before it. */
  readonly nth: number;
}

/** Keeps reports by image. Reports on built images are kept by document, until the images of its FROMs change. */
export class KeptScans {
  /** Values from the store: most images were never scanned, and they are looked up at every keystroke. */
  readonly #known = new Map<string, unknown>();

  constructor(private readonly store: ValueStore) {}

  keepBase(reports: readonly ScanReport[]): void {
    for (const report of reports) {
      this.#set(`image ${report.image}`, report);
      const list = `repository ${repositoryOf(report.image)}`;
      this.#set(list, [...new Set([...textsOf(this.#get(list)), report.image])]);
    }
  }

  onImage(image: string): ScanReport | undefined {
    return this.#get(`image ${image}`, isScanReport);
  }

  /** Reports on other images of the same repository. */
  besides(image: ImageReference): readonly ScanReport[] {
    const own = imageText(image);
    return textsOf(this.#get(`repository ${repositoryOf(own)}`))
      .filter((other) => other !== own)
      .flatMap((other) => this.onImage(other) ?? []);
  }

  keepBuilt(uri: string, dockerfile: DockerfileModel, report: ScanReport, layers: readonly MadeLayer[]): void {
    const byStart = new Map(layers.map(({ digest, span }) => [span.start, digest]));
    const marks = [...marksOf(dockerfile)].flatMap(([node, mark]): LayerMark[] => {
      const digest = byStart.get(node.span.start);
      return digest === undefined ? [] : [{ digest, ...mark }];
    });
    this.#set(`built ${uri}`, { bases: basesOf(dockerfile), report, marks } satisfies KeptBuild);
  }

  onBuilt(uri: string, dockerfile: DockerfileModel): BuiltScan | undefined {
    const kept = this.#get(`built ${uri}`, isKeptBuild);
    if (!kept || kept.bases !== basesOf(dockerfile)) return undefined;
    const nodes = new Map([...marksOf(dockerfile)].map(([node, { text, nth }]) => [`${nth} ${text}`, node]));
    const layers = kept.marks.flatMap(({ digest, text, nth }) => {
      const node = nodes.get(`${nth} ${text}`);
      return node ? [[digest, node] as const] : [];
    });
    return { report: kept.report, layers: new Map(layers) };
  }

  #get(key: string): unknown;
  #get<T>(key: string, isValid: (value: unknown) => value is T): T | undefined;
  #get(key: string, isValid: (value: unknown) => boolean = () => true): unknown {
    if (!this.#known.has(key)) {
      const value = this.store.get(key);
      this.#known.set(key, isValid(value) ? value : undefined);
    }
    return this.#known.get(key);
  }

  #set(key: string, value: unknown): void {
    this.#known.set(key, value);
    this.store.set(key, value);
  }
}

interface KeptBuild {
  /** The base images, as one text. */
  readonly bases: string;
  readonly report: ScanReport;
  readonly marks: readonly LayerMark[];
}

function isKeptBuild(value: unknown): value is KeptBuild {
  const kept = recordOf(value);
  return typeof kept?.['bases'] === 'string' && Array.isArray(kept['marks']) && isScanReport(kept['report']);
}

function basesOf(dockerfile: DockerfileModel): string {
  return baseImages(dockerfile)
    .images.map(({ text }) => text)
    .join(' ');
}

function marksOf({ text, instructions }: DockerfileModel): ReadonlyMap<Instruction, Pick<LayerMark, 'text' | 'nth'>> {
  const counts = new Map<string, number>();
  return new Map(
    instructions.map((node) => {
      const own = text.slice(node.span.start, node.span.end);
      const nth = counts.get(own) ?? 0;
      counts.set(own, nth + 1);
      return [node, { text: own, nth }];
    }),
  );
}

/** Removes tag and digest; the colon of a registry's port comes before a slash. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/s, '').replace(/:[^:/]*$/, '');
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((one) => textOf(one) ?? []);
}
