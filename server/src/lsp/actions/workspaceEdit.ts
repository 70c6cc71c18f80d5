import { TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../../text/edits';
import type { Analysis } from '../analyses';
import { toTextEdit } from '../convert';
import type { Session } from '../session';

/** Edits of the analyzed text in a form that the client supports. */
export function workspaceEdit(
  { capabilities }: Session,
  { uri, version, lines }: Analysis,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  const textEdits = edits.map((edit) => toTextEdit(lines, edit));
  if (!capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [uri]: textEdits } };
  return { documentChanges: [TextDocumentEdit.create({ uri, version }, textEdits)] };
}
