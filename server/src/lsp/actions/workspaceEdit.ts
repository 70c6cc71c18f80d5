import { type ClientCapabilities, TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../../text/edits';
import type { Analysis } from '../analyses';
import { toTextEdit } from '../convert';

/** Edits of the analyzed text in a form that the client supports. */
export function workspaceEdit(
  { capabilities }: { readonly capabilities: ClientCapabilities },
  { uri, version, lines }: Analysis,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  const textEdits = edits.map((edit) => toTextEdit(lines, edit));
  if (!capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [uri]: textEdits } };
  return { documentChanges: [TextDocumentEdit.create({ uri, version }, textEdits)] };
}
