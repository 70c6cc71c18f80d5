import {
  commands,
  Disposable,
  l10n,
  languages,
  TabInputTextDiff,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { PREVIEW_SCHEME } from './previewDocuments';

/** A Dockerfile on the left, its optimized text on the right. */
export async function showDiff(document: TextDocument, preview: Uri): Promise<void> {
  const opened = await workspace.openTextDocument(preview);
  // The name does not imply the language of an untitled file, or of one whose language the user has set.
  if (opened.languageId !== document.languageId) await languages.setTextDocumentLanguage(opened, document.languageId);
  const name = document.uri.path.split('/').pop() ?? '';
  const title = l10n.t('Optimize Dockerfile: {0}', name);
  await commands.executeCommand('vscode.diff', document.uri, preview, title, { preview: true });
}

export async function closeDiff(document: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(tabs.filter(({ input }) => diffedIn(input)?.toString() === document.toString()));
}

/**
 * Updates the context key that shows the choices: in a diff's title bar, `resourceScheme` is not that of the preview.
 */
export function trackDiff(): Disposable {
  const update = () =>
    commands.executeCommand('setContext', 'dockerfileOptimizer.isDiffActive', diffedInFront() !== undefined);
  return Disposable.from(window.tabGroups.onDidChangeTabs(update), window.tabGroups.onDidChangeTabGroups(update));
}

/** The Dockerfile whose diff is active. */
export function diffedInFront(): Uri | undefined {
  return diffedIn(window.tabGroups.activeTabGroup.activeTab?.input);
}

/** The Dockerfile that a tab compares with its optimized text. */
function diffedIn(input: unknown): Uri | undefined {
  return input instanceof TabInputTextDiff && input.modified.scheme === PREVIEW_SCHEME ? input.original : undefined;
}
