import {
  commands,
  Disposable,
  l10n,
  languages,
  type Range,
  Selection,
  type Tab,
  TabInputTextDiff,
  type TextDocument,
  TextEditorRevealType,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { PREVIEW_SCHEME, sourceOf } from './previewDocuments';

/** A Dockerfile on the left, its optimized text on the right. It stays until it is closed: with it the plan ends. */
export async function showDiff(document: TextDocument, preview: Uri, preserveFocus: boolean): Promise<void> {
  const opened = await workspace.openTextDocument(preview);
  // The name does not imply the language of an untitled file, or of one whose language the user has set.
  if (opened.languageId !== document.languageId) await languages.setTextDocumentLanguage(opened, document.languageId);
  await compare(document.uri, preview, preserveFocus);
}

/** `before`: undefined if there is no such file yet. */
export async function showFileDiff(before: Uri | undefined, preview: Uri): Promise<void> {
  await compare(before ?? preview.with({ fragment: 'none' }), preview, true);
}

async function compare(before: Uri, preview: Uri, preserveFocus: boolean): Promise<void> {
  const title = l10n.t('Optimize Dockerfile: {0}', preview.path.split('/').pop() ?? '');
  await commands.executeCommand('vscode.diff', before, preview, title, { preview: false, preserveFocus });
}

/** The lines of the step that was selected last. */
const mark = window.createTextEditorDecorationType({
  isWholeLine: true,
  borderWidth: '0 0 0 3px',
  borderStyle: 'solid',
  borderColor: new ThemeColor('focusBorder'),
});

/** Marks these lines in an editor of the diff, and scrolls to the first of them. */
export function revealIn(uri: Uri, ranges: readonly Range[]): void {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  editor?.setDecorations(mark, ranges);
  const [first] = ranges;
  if (!editor || !first) return;
  editor.selection = new Selection(first.start, first.start);
  editor.revealRange(first, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Of the Dockerfile and of the files that its plan writes. */
export async function closeDiffs(document: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(tabs.filter((tab) => diffedIn(tab)?.toString() === document.toString()));
}

/**
 * Updates the context key that shows the choices: in a diff's title bar, `resourceScheme` is not that of the preview.
 * @param onClose the diff of a Dockerfile was closed
 */
export function trackDiff(onChange: (closed: readonly Uri[]) => void): Disposable {
  const update = (closed: readonly Tab[]): void => {
    commands.executeCommand('setContext', 'dockerfileOptimizer.isDiffActive', diffedInFront() !== undefined);
    onChange(closed.flatMap((tab) => (isOfFile(tab) ? [] : (diffedIn(tab) ?? []))));
  };
  return Disposable.from(
    window.tabGroups.onDidChangeTabs(({ closed }) => update(closed)),
    window.tabGroups.onDidChangeTabGroups(() => update([])),
  );
}

/** The Dockerfile whose diff is active. */
export function diffedInFront(): Uri | undefined {
  return diffedIn(window.tabGroups.activeTabGroup.activeTab);
}

/** The Dockerfile whose plan a tab shows. */
function diffedIn(tab: Tab | undefined): Uri | undefined {
  const input = tab?.input;
  if (!(input instanceof TabInputTextDiff) || input.modified.scheme !== PREVIEW_SCHEME) return undefined;
  return sourceOf(input.modified);
}

/** It shows another file of the plan. */
function isOfFile({ input }: Tab): boolean {
  return input instanceof TabInputTextDiff && input.modified.path !== sourceOf(input.modified).path;
}
