import {
  type CodeAction,
  commands,
  type Diagnostic,
  Disposable,
  l10n,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { visibleDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { awaitFindings } from '../findings';
import { sendFiles } from '../optimize/workspaceFiles';
import { EXAMPLE, registerExampleFiles } from './exampleFiles';

/**
 * Commands of the walkthrough's buttons. The walkthrough has the focus, so they act on the visible Dockerfile, else on
 * the example.
 */
export function registerFirstSteps(client: Client, extension: Uri): Disposable {
  const command = (id: string, run: () => Promise<unknown>) => registerCommand(client, id, l10n.t('The example'), run);
  const openExample = () => showExample(client);
  return Disposable.from(
    registerExampleFiles(extension),
    command('openExample', openExample),
    command('goToFinding', async () => {
      const editor = (await visibleEditor()) ?? (await openExample());
      const [finding] = await awaitFindings(editor.document.uri);
      if (!finding) tellNoFinding();
      else {
        select(editor, finding);
        await commands.executeCommand('editor.action.showHover');
      }
    }),
    command('fixFinding', async () => {
      const editor = (await visibleEditor()) ?? (await openExample());
      const finding = await fixableFinding(editor.document.uri);
      if (!finding) tellNoFinding();
      else {
        select(editor, finding);
        await commands.executeCommand('editor.action.quickFix');
      }
    }),
  );
}

/** Opens it beside the walkthrough, so that both are visible. */
async function showExample(client: Client): Promise<TextEditor> {
  const document = await workspace.openTextDocument(EXAMPLE);
  await sendFiles(client, document);
  return window.showTextDocument(document, {
    viewColumn: window.tabGroups.activeTabGroup.activeTab ? ViewColumn.Beside : ViewColumn.Active,
    preview: false,
  });
}

async function visibleEditor(): Promise<TextEditor | undefined> {
  const editor = visibleDockerfile();
  return editor && window.showTextDocument(editor.document, editor.viewColumn);
}

/** The first finding with a safe fix. */
async function fixableFinding(uri: Uri): Promise<Diagnostic | undefined> {
  for (const finding of await awaitFindings(uri)) {
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      finding.range,
      'quickfix',
    );
    if (actions.some(({ isPreferred }) => isPreferred)) return finding;
  }
  return undefined;
}

function select(editor: TextEditor, { range }: Diagnostic): void {
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

function tellNoFinding(): void {
  window.showInformationMessage(l10n.t('No findings in this Dockerfile'));
}
