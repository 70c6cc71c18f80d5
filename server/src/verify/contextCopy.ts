import { randomBytes } from 'node:crypto';
import {
  copyFile,
  link as hardLink,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import type { ChangedFile } from '../reports/verifyRequest';

/**
 * The files of a plan are written here, and a source file is changed here: the user's files stay as they are.
 * Asynchronous, because a build context may have many files, and the language server has other things to do.
 */
export class ContextCopy {
  #written: readonly string[] = [];

  private constructor(
    private readonly original: string,
    readonly folder: string,
    private readonly files: ReadonlySet<string>,
  ) {}

  /** Rejects with a file system error; leaves nothing then, or when it is cancelled. */
  static async of(original: string, signal: AbortSignal): Promise<ContextCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'dockerfile-optimizer-context-'));
    try {
      return new ContextCopy(original, folder, await linkAll(original, folder, signal));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Puts the files of a plan in place of those that were written last. */
  async write(files: readonly ChangedFile[]): Promise<void> {
    for (const path of this.#written) {
      await rm(join(this.folder, path), { force: true });
      if (this.files.has(path)) await link(join(this.original, path), join(this.folder, path));
    }
    for (const { path, after } of files) await this.#replace(path, after);
    this.#written = files.map(({ path }) => path);
  }

  /**
   * Adds a blank line to a source file, another one each time: the engine remembers builds. False if there is no source
   * file.
   */
  async changeSource(): Promise<boolean> {
    const path = likeliestSource([...this.files]);
    if (path === undefined) return false;
    await this.#replace(path, `${await readFile(join(this.folder, path), 'utf8')}\n${blanks()}\n`);
    return true;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Never writes through a link: the other end is the user's file. */
  async #replace(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
    await writeFile(file, text);
  }
}

/** Makes the folders and links of the original in the copy; returns its files. */
async function linkAll(original: string, copy: string, signal: AbortSignal): Promise<Set<string>> {
  const files = new Set<string>();
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await readdir(join(original, folder), { withFileTypes: true })) {
      signal.throwIfAborted();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const target = join(copy, path);
      if (entry.isDirectory()) {
        await mkdir(target);
        open.push(path);
      } else if (entry.isSymbolicLink()) await symlink(await readlink(join(original, path)), target);
      else if (entry.isFile()) {
        await link(join(original, path), target);
        files.add(path);
      }
    }
  }
  return files;
}

/** A hard link where that is possible: copying would take the time and space of the whole context. */
async function link(from: string, to: string): Promise<void> {
  await hardLink(from, to).catch(() => copyFile(from, to));
}

function blanks(): string {
  return [...randomBytes(24)].map((byte) => (byte % 2 === 0 ? ' ' : '\t')).join('');
}

const SOURCES = [
  '.py',
  '.js',
  '.ts',
  '.tsx',
  '.jsx',
  '.mjs',
  '.go',
  '.rs',
  '.java',
  '.kt',
  '.cs',
  '.rb',
  '.ex',
  '.c',
  '.cc',
  '.cpp',
  '.php',
  '.html',
];
const NOT_OWN =
  /(?:^|\/)(?:node_modules|vendor|dist|build|target|bin|obj|tests?|\.[^/]+)\/|\.(?:test|spec|config|d)\.\w+$/;
const MAIN = /(?:^|\/)(?:main|index|app|server|program|application|manage|cmd)\.\w+$/i;

/** A file that most probably goes into the image and is changed often. */
function likeliestSource(files: readonly string[]): string | undefined {
  const own = files.filter((path) => SOURCES.includes(extname(path)) && !NOT_OWN.test(path));
  const depth = (path: string) => path.split('/').length;
  const rank = (path: string) => (MAIN.test(path) ? 0 : 100) + depth(path);
  return own.sort().sort((one, other) => rank(one) - rank(other))[0];
}
