import {
  type CodeAction,
  commands,
  type Diagnostic,
  type Disposable,
  Disposable as Disposables,
  l10n,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { Client } from '../client';
import { awaitFindings } from '../findings';
import { visibleDockerfile } from '../optimize/diffView';
import { reportFailure } from '../reportFailure';
import { EXAMPLE, registerExampleFiles } from './exampleFiles';

/** What the buttons of the walkthrough do, which has the focus: with the Dockerfile that is seen, else with the example. */
export function registerFirstSteps(client: Client, extension: Uri): Disposable {
  const command = (id: string, run: () => Promise<void>) =>
    commands.registerCommand(`dockerfileOptimizer.${id}`, () =>
      run().catch((error) => reportFailure(client, l10n.t('The example'), error)),
    );
  return Disposables.from(
    registerExampleFiles(extension),
    command('openExample', async () => {
      await openExample();
    }),
    command('goToFinding', async () => {
      const editor = await dockerfileEditor();
      const [finding] = await awaitFindings(editor.document.uri);
      if (!finding) tellNoFinding();
      else {
        select(editor, finding);
        await commands.executeCommand('editor.action.showHover');
      }
    }),
    command('fixFinding', async () => {
      const editor = await dockerfileEditor();
      const finding = await fixableFinding(editor.document.uri);
      if (!finding) tellNoFinding();
      else {
        select(editor, finding);
        await commands.executeCommand('editor.action.quickFix');
      }
    }),
  );
}

/** Beside the walkthrough, so that both are seen. */
async function openExample(): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument(EXAMPLE), {
    viewColumn: window.tabGroups.activeTabGroup.activeTab ? ViewColumn.Beside : ViewColumn.Active,
    preview: false,
  });
}

async function dockerfileEditor(): Promise<TextEditor> {
  const editor = visibleDockerfile();
  return editor ? window.showTextDocument(editor.document, editor.viewColumn) : openExample();
}

/** The first that has a safe fix. */
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
