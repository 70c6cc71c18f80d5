import { Disposable, TabInputText, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { CreatedFiles } from '../../../server/src/protocol';
import { PreviewDocuments } from '../optimize/previewDocuments';

export const DRAFT_SCHEME = 'dockerfile-optimizer-draft';

/** A Dockerfile that does not exist yet. */
export interface Draft {
  readonly dockerfile: Uri;
  readonly created: CreatedFiles;
}

/** Shows a draft until it is written or discarded: read-only, one at a time. */
export class Drafts {
  #shown: Draft | undefined;
  readonly #previews = new PreviewDocuments(DRAFT_SCHEME);
  readonly #disposables = Disposable.from(
    this.#previews,
    workspace.registerTextDocumentContentProvider(DRAFT_SCHEME, this.#previews),
  );

  dispose(): void {
    this.#disposables.dispose();
  }

  get shown(): Draft | undefined {
    return this.#shown;
  }

  async show(draft: Draft): Promise<void> {
    const { dockerfile, created } = draft;
    this.#shown = draft;
    for (const { path, after } of created.files) this.#previews.set(Uri.joinPath(dockerfile, '..', path), after);
    await window.showTextDocument(this.#previews.set(dockerfile, created.text), { preview: false });
  }

  async end(): Promise<void> {
    this.#shown = undefined;
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    await window.tabGroups.close(tabs.filter(({ input }) => schemeOf(input) === DRAFT_SCHEME));
  }
}

function schemeOf(input: unknown): string | undefined {
  if (input instanceof TabInputText) return input.uri.scheme;
  return input instanceof TabInputTextDiff ? input.modified.scheme : undefined;
}
