import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import {
  chmod,
  copyFile,
  link as hardLink,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { makeOwnedFolder } from '../images/engines/ownedFolder';
import type { ChangedFile } from '../reports/verifyRequest';

/**
 * The files of a plan are written here, and a source file is changed here: the user's files stay as they are.
 * Asynchronous, because a build context may have many files, and the language server has other things to do.
 */
export class ContextCopy {
  #written: readonly string[] = [];
  #changed: { readonly path: string; readonly before: Buffer } | undefined;

  private constructor(
    private readonly original: string,
    readonly folder: string,
    private readonly files: ReadonlySet<string>,
  ) {}

  /** Rejects with a file system error; leaves nothing then, or when it is cancelled. */
  static async of(original: string, signal: AbortSignal): Promise<ContextCopy> {
    const folder = makeOwnedFolder();
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
    const before = await readFile(join(this.folder, path));
    await this.#replace(path, `${before.toString('utf8')}\n${blanks()}\n`);
    this.#changed = { path, before };
    return true;
  }

  /** Undoes the last change: a build after it finds the engine's cache. */
  async restoreSource(): Promise<void> {
    if (this.#changed) await this.#replace(this.#changed.path, this.#changed.before);
    this.#changed = undefined;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Never writes through a link: the other end is the user's file. */
  async #replace(path: string, text: string | Buffer): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    const mode = await modeOf(file);
    await rm(file, { force: true });
    await writeFile(file, text);
    if (mode !== undefined) await chmod(file, mode);
  }
}

/** Makes the folders and links of the original in the copy; returns its files. */
async function linkAll(original: string, copy: string, signal: AbortSignal): Promise<Set<string>> {
  const files = new Set<string>();
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await entriesOf(join(original, folder), folder === '')) {
      signal.throwIfAborted();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const target = join(copy, path);
      if (entry.isDirectory()) {
        await mkdir(target);
        // Programs in the image may write where everyone may.
        const mode = await modeOf(join(original, path));
        if (mode !== undefined) await chmod(target, mode | OWN);
        open.push(path);
      } else if (entry.isSymbolicLink()) await copyLink(join(original, path), target);
      else if (entry.isFile() && (await isLinked(join(original, path), target))) files.add(path);
    }
  }
  return files;
}

/** Its own folders have to be removed again. */
const OWN = 0o700;

async function modeOf(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && stats.mode & 0o7777;
}

/** Data of databases may belong to other users: the engine says if it needs what cannot be read. */
async function entriesOf(folder: string, isRoot: boolean): Promise<Dirent[]> {
  const entries = readdir(folder, { withFileTypes: true });
  return isRoot ? entries : entries.catch(unlessUnreadable([]));
}

function isLinked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(() => true, unlessUnreadable(false));
}

function unlessUnreadable<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'EACCES' || error.code === 'EPERM') return value;
    throw error;
  };
}

/** On Windows, links need a privilege, but junctions, which pnpm makes, do not. */
async function copyLink(from: string, to: string): Promise<void> {
  const target = await readlink(from);
  await symlink(target, to).catch((error: unknown) => {
    if (process.platform !== 'win32') throw error;
    return symlink(target, to, 'junction').catch(() => {});
  });
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
