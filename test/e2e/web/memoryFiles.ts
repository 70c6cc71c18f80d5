import * as vscode from 'vscode';

/** Files in memory under `memory:`, as a host in the browser has those of a repository: nothing of it is on a disk. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #folders = new Set(['/']);
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(path);
    if (!file && !this.#folders.has(path)) throw vscode.FileSystemError.FileNotFound(path);
    const type = file ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: this.#times.get(path) ?? 0, size: file?.length ?? 0 };
  }

  readonly #times = new Map<string, number>();
  #time = 1;

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const inside = (other: string) =>
      other !== '/' && other.slice(0, other.lastIndexOf('/')) === path.replace(/\/$/, '');
    const nameOf = (other: string) => other.slice(other.lastIndexOf('/') + 1);
    return [
      ...[...this.#folders]
        .filter(inside)
        .map((one): [string, vscode.FileType] => [nameOf(one), vscode.FileType.Directory]),
      ...[...this.#files.keys()]
        .filter(inside)
        .map((one): [string, vscode.FileType] => [nameOf(one), vscode.FileType.File]),
    ];
  }

  createDirectory({ path }: vscode.Uri): void {
    this.#folders.add(path);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.#files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const { path } = uri;
    const type = this.#files.has(path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1))
      this.#folders.add(path.slice(0, end));
    this.#files.set(path, content);
    this.#times.set(path, this.#time++);
    this.#changed.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    for (const path of [...this.#files.keys(), ...this.#folders])
      if (path === uri.path || path.startsWith(`${uri.path}/`)) {
        this.#files.delete(path);
        this.#folders.delete(path);
      }
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }
}

/** Fills the workspace with the files that the page's server has. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const files = new MemoryFiles();
  const listed = vscode.Uri.joinPath(context.extensionUri, '../workspace.json').toString(true);
  const contents: Record<string, string> = await (await fetch(listed)).json();
  for (const [path, text] of Object.entries(contents))
    files.writeFile(vscode.Uri.from({ scheme: 'memory', path: `/workspace/${path}` }), new TextEncoder().encode(text));
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memory', files, { isCaseSensitive: true }));
}
