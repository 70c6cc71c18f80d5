import { type Disposable, l10n, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { AskReasonArguments } from '../../server/src/protocol';
import type { Client } from './client';
import { registerCommand } from './command';

/** The quick fix "Ignore …" where a reason is wanted: asks for it and adds the comment. */
export function registerAskReason(client: Client): Disposable {
  return registerCommand(client, 'askReason', l10n.t('Adding an ignore comment'), async (argument) => {
    const { uri, version, range, newText, reasonAt, isRequired } = argument as AskReasonArguments;
    const reason = await window.showInputBox({
      title: l10n.t('Why is this ignored?'),
      prompt: l10n.t('The reason becomes part of the comment. To set a date, end it with "; until {0}".', 'YYYY-MM-DD'),
      ignoreFocusOut: true,
      validateInput: (text) =>
        isRequired && text.trim() === '' ? l10n.t('This project requires a reason') : undefined,
    });
    // Undefined: the user pressed Escape.
    if (reason === undefined) return;
    const document = await workspace.openTextDocument(Uri.parse(uri));
    if (document.version !== version) {
      window.showWarningMessage(l10n.t('The file has changed. Choose the quick fix again.'));
      return;
    }
    const text = reason.trim() === '' ? '' : `: ${reason.trim()}`;
    const edit = new WorkspaceEdit();
    edit.replace(
      document.uri,
      new Range(range.start.line, range.start.character, range.end.line, range.end.character),
      newText.slice(0, reasonAt) + text + newText.slice(reasonAt),
    );
    await workspace.applyEdit(edit);
  });
}
