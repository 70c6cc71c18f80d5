import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Localize } from '../l10n/localize';
import { isBakeFile, isComposeFile, isDockerfile } from '../project/fileNames';
import { hostFile } from '../project/inline/hostFile';
import { hostKind } from '../project/inline/inlineDockerfiles';
import { readText } from '../system/readText';
import type { CliArguments } from './arguments';
import { reasonOf } from './failure';

const SKIPPED = new Set(['node_modules', '.git']);

export interface FoundFiles {
  readonly paths: readonly string[];
  readonly problems: readonly PathProblem[];
}

interface PathProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * Files as given, and in folders the Dockerfiles and the Compose and Bake files with a Dockerfile inside, in alphabetical
 * order. Each file once. @param withMarkdown in folders, also Markdown files with a Dockerfile
 */
export function findFiles(
  { operands, withMarkdown }: Pick<CliArguments, 'operands' | 'withMarkdown'>,
  localize: Localize,
): FoundFiles {
  /** Paths as shown, by normalized path: `./Dockerfile` is `Dockerfile`. */
  const paths = new Map<string, string>();
  const problems: PathProblem[] = [];
  for (const operand of operands.length > 0 ? operands : ['.']) {
    try {
      if (operand === '-') paths.set('-', '-');
      else if (statSync(operand).isDirectory()) {
        const walked: Walked = { folders: new Set(), problems: [] };
        const found = [...walk(operand, walked, withMarkdown, localize)];
        for (const path of found) addOnce(paths, path);
        problems.push(...walked.problems);
        if (found.length + walked.problems.length === 0) {
          problems.push({ path: operand, message: localize('no Dockerfile in this folder') });
        }
      } else addOnce(paths, operand);
    } catch (error) {
      problems.push({ path: operand, message: reasonOf(error, localize) });
    }
  }
  return { paths: [...paths.values()], problems };
}

function addOnce(paths: Map<string, string>, path: string): void {
  const meant = resolve(path);
  if (!paths.has(meant)) paths.set(meant, path);
}

interface Walked {
  /** Real paths: a folder that is reached twice, by a link or a loop of links, is walked only once. */
  readonly folders: Set<string>;
  readonly problems: PathProblem[];
}

function* walk(folder: string, walked: Walked, withMarkdown: boolean, localize: Localize): Generator<string> {
  let entries: Dirent[];
  try {
    const real = realpathSync.native(folder);
    if (walked.folders.has(real)) return;
    walked.folders.add(real);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    walked.problems.push({ path: folder, message: reasonOf(error, localize) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? linkTarget(path) : entry;
    // Skip pipes and devices with such a name: reading one may never end.
    if (target?.isFile() && (isDockerfile(entry.name) || holdsDockerfiles(path, withMarkdown))) yield path;
    if (target?.isDirectory() && !SKIPPED.has(entry.name)) yield* walk(path, walked, withMarkdown, localize);
  }
}

/** Only files with such a name are read. */
function holdsDockerfiles(path: string, withMarkdown: boolean): boolean {
  const isNamed = isComposeFile(path) || isBakeFile(path) || (withMarkdown && hostKind(path) === 'markdown');
  const text = isNamed ? readText(path) : undefined;
  return text !== undefined && (hostFile(path, text)?.dockerfiles.length ?? 0) > 0;
}

function linkTarget(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
