import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

export interface Corpus {
  /** With why its tests leave themselves out, when they do. */
  readonly title: string;
  /** None: it is not there. */
  readonly files: readonly CorpusFile[];
}

const root = resolve(import.meta.dirname, '../..');
/** Real files of other projects lie beside the repository, when at all. */
const SHARED = resolve(root, '../shared');

function corpusIn(name: string, folder: string): Corpus {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const files = names.map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }));
  return { title: files.length > 0 ? name : `${name} (not there: ../shared/corpus)`, files };
}

/** Dockerfiles that rules and plans are tried on: ours, in the manner of real projects, for everybody; and real ones. */
export const CORPORA: readonly Corpus[] = [
  corpusIn('our own', join(root, 'test/fixtures/corpus')),
  corpusIn('real', join(SHARED, 'corpus/files')),
];

/** Files that somebody has judged, each with what lies beside it; undefined where they are not there. */
export function judgedFolder(where: 'own' | 'shared'): string | undefined {
  const folder = where === 'own' ? join(root, 'test/fixtures/judged') : join(SHARED, 'gold');
  return existsSync(folder) ? folder : undefined;
}
