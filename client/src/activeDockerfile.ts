import { type TextEditor, type Uri, window } from 'vscode';
import { diffedInFront } from './optimize/diffView';
import { sourceOf } from './optimize/previewDocuments';

/**
 * The active Dockerfile, even when only its diff has the focus; or a visible one when a view without text is active,
 * such as the walkthrough.
 */
export function activeDockerfile(): Uri | undefined {
  const active = (window.activeTextEditor ?? visibleDockerfile())?.document.uri;
  return diffedInFront() ?? (active && sourceOf(active));
}

export function visibleDockerfile(): TextEditor | undefined {
  return [window.activeTextEditor, ...window.visibleTextEditors].find(
    (editor) => editor?.document.languageId === 'dockerfile',
  );
}
