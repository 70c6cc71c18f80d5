import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type BuildContext, type ContextFile, ENVIRONMENT_FILE } from '../engine/buildContext';
import { readText } from '../system/readText';

const MAX_FILES = 5000;
const MAX_DEPTH = 16;
const MAX_MANIFEST_BYTES = 256 * 1024;
/** Large folders without any file that a rule looks for. */
const SKIPPED = new Set(['node_modules', '.git', '.hg', '.svn', '__pycache__', '.venv', 'venv', 'target']);

/** The files in a build context, listed when the first rule asks for them; each is read once. */
export function readBuildContext(folder: string): BuildContext {
  let listing: ReturnType<typeof list> | undefined;
  const texts = new Map<string, string | undefined>();
  const listed = () => {
    listing ??= list(folder);
    return listing;
  };
  return {
    get files() {
      return listed().files;
    },
    get unlisted() {
      return listed().unlisted;
    },
    get isComplete() {
      return listed().unlisted.length === 0;
    },
    read(path) {
      if (!texts.has(path)) texts.set(path, readManifest(folder, path));
      return texts.get(path);
    },
  };
}

function list(root: string): { files: Map<string, ContextFile>; unlisted: string[] } {
  const files = new Map<string, ContextFile>();
  const unlisted: string[] = [];
  const folders = [{ path: root, prefix: '', depth: 0 }];
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    const entries = entriesOf(folder.path);
    const marker = entries.find(({ name }) => name === ENVIRONMENT_FILE);
    if (marker) unlisted.push(folder.prefix.slice(0, -1));
    for (const entry of marker ? [marker] : entries) {
      if (files.size >= MAX_FILES) return { files, unlisted: [''] };
      const path = join(folder.path, entry.name);
      const name = folder.prefix + entry.name;
      if (entry.isFile() || isLinkToFile(entry, path)) files.set(name, fileAt(path));
      else if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name) || folder.depth >= MAX_DEPTH) unlisted.push(name);
        else folders.push({ path, prefix: `${name}/`, depth: folder.depth + 1 });
      } else if (entry.isSymbolicLink()) unlisted.push(name);
    }
  }
  return { files, unlisted };
}

function isLinkToFile(entry: Dirent, path: string): boolean {
  try {
    return entry.isSymbolicLink() && statSync(path).isFile();
  } catch {
    return false;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileAt(path: string): ContextFile {
  try {
    const { size, mode } = statSync(path);
    return { sizeBytes: size, ...(process.platform === 'win32' ? {} : { isExecutable: (mode & 0o100) !== 0 }) };
  } catch {
    return { sizeBytes: 0 };
  }
}

/** Reads nothing outside of the context, whether a path or a link leads there: a build does not see it either. */
function readManifest(folder: string, name: string): string | undefined {
  // Most files that rules look for do not exist, and throwing an error for each would be slow.
  if (!existsSync(`${folder}/${name}`)) return undefined;
  try {
    const root = realpathSync(folder);
    const path = realpathSync(join(folder, name));
    const way = relative(root, path);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
    return readText(path, MAX_MANIFEST_BYTES)?.replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}
