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

  set(source: Uri, text: string): Uri {
    const uri = previewOf(source, this.scheme);
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  delete(source: Uri): void {
    this.#texts.delete(previewOf(source, this.scheme).toString());
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
