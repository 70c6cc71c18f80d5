import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';

export const EXAMPLE_SCHEME = 'dockerfile-optimizer-example';
export const EXAMPLE = Uri.from({ scheme: EXAMPLE_SCHEME, path: '/calculator/Dockerfile' });

/** The files of the calculator in the extension; a web host cannot list them. */
const FILES = ['Dockerfile', 'app.py', 'calculator.py', 'requirements.txt', 'tests/test_calculator.py'];

interface Entry {
  readonly type: FileType;
  readonly content: Uint8Array;
  readonly mtime: number;
}

/**
 * A copy of the calculator example in memory. It can be changed and saved, also in the browser, and is reset in the
 * next window. Optimize Dockerfile reads the files next to the Dockerfile.
 */
class ExampleFiles implements FileSystemProvider {
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #entries = new Map<string, Entry>();
  readonly #extension: Uri;
  #loading: Promise<void> | undefined;

  constructor(extension: Uri) {
    this.#extension = extension;
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { type, content, mtime } = await this.#entry(uri);
    return { type, mtime, ctime: 0, size: content.length };
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    await this.#entry(uri);
    const prefix = uri.path.replace(/\/?$/, '/');
    return [...this.#entries]
      .filter(([path]) => path.startsWith(prefix) && path !== prefix && !path.slice(prefix.length).includes('/'))
      .map(([path, { type }]) => [path.slice(prefix.length), type]);
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (await this.#entry(uri)).content;
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    await this.#load();
    const type = this.#entries.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#set(uri.path, FileType.File, content);
    this.#changed.fire([{ type, uri }]);
  }

  createDirectory(uri: Uri): void {
    this.#set(uri.path, FileType.Directory, new Uint8Array());
  }

  async delete(uri: Uri): Promise<void> {
    await this.#entry(uri);
    this.#entries.delete(uri.path);
    this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  async rename(from: Uri, to: Uri): Promise<void> {
    await this.writeFile(to, await this.readFile(from));
    await this.delete(from);
  }

  /** All changes go through this provider. */
  watch(): Disposable {
    return Disposable.from();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #entry(uri: Uri): Promise<Entry> {
    await this.#load();
    // Folder names may end with a slash.
    const entry = this.#entries.get(uri.path.replace(/(.)\/$/, '$1'));
    if (!entry) throw FileSystemError.FileNotFound(uri);
    return entry;
  }

  #load(): Promise<void> {
    this.#loading ??= this.#loadAll();
    return this.#loading;
  }

  async #loadAll(): Promise<void> {
    const folder = EXAMPLE.path.replace(/\/[^/]*$/, '');
    for (const path of ['/', folder, `${folder}/tests`]) this.#set(path, FileType.Directory, new Uint8Array());
    for (const file of FILES) {
      const source = Uri.joinPath(this.#extension, 'examples/calculator', file);
      this.#set(`${folder}/${file}`, FileType.File, await workspace.fs.readFile(source));
    }
  }

  #set(path: string, type: FileType, content: Uint8Array): void {
    this.#entries.set(path, { type, content, mtime: Date.now() });
  }
}

export function registerExampleFiles(extension: Uri): Disposable {
  const files = new ExampleFiles(extension);
  return Disposable.from(files, workspace.registerFileSystemProvider(EXAMPLE_SCHEME, files, { isCaseSensitive: true }));
}
