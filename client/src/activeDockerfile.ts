import { type TextEditor, type Uri, window } from 'vscode';
import { diffedInFront } from './optimize/diffView';
import { sourceOf } from './optimize/previewDocuments';

/** The Dockerfile in front, also when only its diff has the focus; or one beside what is no text, such as the walkthrough. */
export function activeDockerfile(): Uri | undefined {
  const active = (window.activeTextEditor ?? visibleDockerfile())?.document.uri;
  return diffedInFront() ?? (active && sourceOf(active));
}

export function visibleDockerfile(): TextEditor | undefined {
  return [window.activeTextEditor, ...window.visibleTextEditors].find(
    (editor) => editor?.document.languageId === 'dockerfile',
  );
}
