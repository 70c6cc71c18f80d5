import { EventEmitter, type TextDocumentContentProvider, Uri } from 'vscode';

export const PREVIEW_SCHEME = 'dockerfile-optimizer-preview';

/** The Dockerfile of a preview; any other URI is returned as it is. */
export function sourceOf(uri: Uri): Uri {
  return uri.scheme === PREVIEW_SCHEME ? Uri.parse(uri.query) : uri;
}

/** The optimized texts of documents, shown read-only in the diff. */
export class PreviewDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  set(source: Uri, text: string): Uri {
    const uri = previewOf(source);
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  delete(source: Uri): void {
    this.#texts.delete(previewOf(source).toString());
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Keeps the path, so that the preview has the name and the language of its source. */
function previewOf(source: Uri): Uri {
  return source.with({ scheme: PREVIEW_SCHEME, query: source.toString() });
}
