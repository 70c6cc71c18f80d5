import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

export interface Corpus {
  /** The name, with the reason if its tests are skipped. */
  readonly title: string;
  /** Empty if the corpus is not available. */
  readonly files: readonly CorpusFile[];
}

const root = resolve(import.meta.dirname, '../..');
/** Real files of other projects, next to the repository if they are available. */
const SHARED = resolve(root, '../shared');

function corpusIn(name: string, folder: string): Corpus {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const files = names.map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }));
  return { title: files.length > 0 ? name : `${name} (not there: ../shared/corpus)`, files };
}

/** Dockerfiles to test rules and plans on: our own, modeled on real projects and always available; and real ones. */
export const CORPORA: readonly Corpus[] = [
  corpusIn('our own', join(root, 'test/fixtures/corpus')),
  corpusIn('real', join(SHARED, 'corpus/files')),
];

/** Dockerfiles with human verdicts, each with the files next to it; undefined if they are not available. */
export function judgedFolder(where: 'own' | 'shared'): string | undefined {
  const folder = where === 'own' ? join(root, 'test/fixtures/judged') : join(SHARED, 'gold');
  return existsSync(folder) ? folder : undefined;
}
