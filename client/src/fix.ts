import { type CodeAction, commands, type Disposable, l10n, Range, Uri, window, workspace } from 'vscode';
import type { Client } from './client';
import { registerCommand } from './command';

/** The link "Fix" in the hover of a finding: its first fix, as the light bulb has it. */
export function registerFix(client: Client): Disposable {
  const what = l10n.t('Fixing a finding');
  return registerCommand(client, 'fix', what, async (address, line, character, title, rule) => {
    const uri = Uri.parse(String(address), true);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new Range(Number(line), Number(character), Number(line), Number(character)),
      'quickfix',
      20,
    );
    // Equal titles are told apart by their rules.
    const action =
      actions.find((one) => one.edit && one.title === `${title}: ${rule}`) ??
      actions.find((one) => one.edit && one.title.startsWith(String(title)));
    if (action?.edit) await workspace.applyEdit(action.edit);
    else window.showInformationMessage(l10n.t('This finding is gone'));
  });
}
