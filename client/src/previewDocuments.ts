import { EventEmitter, type TextDocumentContentProvider, Uri } from 'vscode';

export const PREVIEW_SCHEME = 'dockerfile-optimizer-preview';

/** The optimized text of a document, read-only beside it in the diff. */
export class PreviewDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  /** Keeps the path, so that the preview has the name and the language of its source. */
  static uriOf(source: Uri): Uri {
    return source.with({ scheme: PREVIEW_SCHEME, query: source.toString() });
  }

  static sourceOf(preview: Uri): Uri {
    return Uri.parse(preview.query);
  }

  set(source: Uri, text: string): Uri {
    const uri = PreviewDocuments.uriOf(source);
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  delete(source: Uri): void {
    this.#texts.delete(PreviewDocuments.uriOf(source).toString());
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
