import { EventEmitter, type TextDocumentContentProvider, Uri } from 'vscode';

export const PREVIEW_SCHEME = 'dockerfile-optimizer-preview';

/** The Dockerfile of a preview; any other URI is returned as it is. */
export function sourceOf(uri: Uri): Uri {
  return uri.scheme === PREVIEW_SCHEME ? Uri.parse(uri.query) : uri;
}

/** Texts for files that are not written yet, shown read-only. */
export class PreviewDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(private readonly scheme: string) {}

  /** `path`: of another file that belongs to the source. */
  set(source: Uri, text: string, path = source.path): Uri {
    const uri = previewOf(source, this.scheme).with({ path });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  delete(source: Uri): void {
    for (const address of this.#texts.keys())
      if (Uri.parse(address).query === source.toString()) this.#texts.delete(address);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Keeps the path, so that the preview has the name and the language of its source. */
export function previewOf(source: Uri, scheme: string): Uri {
  return source.with({ scheme, query: source.toString() });
}
