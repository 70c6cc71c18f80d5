import { type ClientCapabilities, TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../../text/edits';
import type { Analysis } from '../analyses';
import { toTextEdit } from '../convert';
import { editsOfText } from '../insideDocument';

interface Client {
  readonly capabilities: ClientCapabilities;
}

/** Edits of the analyzed text in a form that the client supports; none where the document has no place for them. */
export function workspaceEdit(client: Client, analysis: Analysis, edits: readonly TextEdit[]): WorkspaceEdit {
  const { inside } = analysis;
  return documentEdit(client, analysis, inside ? (inside.inline.text.editsInHost(edits) ?? []) : edits);
}

/** Another text of the Dockerfile. */
export function textEdit(client: Client, analysis: Analysis, after: string): WorkspaceEdit {
  return documentEdit(client, analysis, editsOfText(analysis, after) ?? []);
}

export function hasEdits({ changes = {}, documentChanges = [] }: WorkspaceEdit): boolean {
  const isAny = (edits: readonly unknown[]) => edits.length > 0;
  return (
    Object.values(changes).some(isAny) || documentChanges.some((change) => !('edits' in change) || isAny(change.edits))
  );
}

/** Edits of the document itself. */
export function documentEdit(
  { capabilities }: Client,
  { uri, version, inside, lines }: Analysis,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  const textEdits = edits.map((edit) => toTextEdit(inside?.hostLines ?? lines, edit));
  if (!capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [uri]: textEdits } };
  return { documentChanges: [TextDocumentEdit.create({ uri, version }, textEdits)] };
}
