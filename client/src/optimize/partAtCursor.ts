import { type Uri, window } from 'vscode';
import type { PlanPart } from './proposal';

/** Of a document with Dockerfiles inside, the one that the cursor is in; a Dockerfile is planned whole. */
export function partAtCursor(uri: Uri): PlanPart {
  const editor = [window.activeTextEditor, ...window.visibleTextEditors].find(
    (each) => each?.document.uri.toString() === uri.toString(),
  );
  return !editor || editor.document.languageId === 'dockerfile' ? {} : { inlineLine: editor.selection.active.line };
}
