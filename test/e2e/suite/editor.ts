import * as vscode from 'vscode';

/** Waits for a value, asking again at every event that could bring it. */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await nextEvent();
  }
}

/** The next change of diagnostics, documents or tabs; a second at most, for what tells nobody. */
function nextEvent(): Promise<void> {
  return new Promise((resolve) => {
    const subscriptions: vscode.Disposable[] = [];
    const done = (): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, 1000);
    subscriptions.push(
      vscode.languages.onDidChangeDiagnostics(done),
      vscode.workspace.onDidChangeTextDocument(done),
      vscode.window.tabGroups.onDidChangeTabs(done),
    );
  });
}

export function workspaceUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no workspace folder');
  return vscode.Uri.joinPath(folder.uri, path);
}

let counter = 0;

/** A new Dockerfile in the workspace, open in an editor. */
export async function openDockerfile(text: string): Promise<vscode.TextDocument> {
  const uri = workspaceUri(`case${counter++}/Dockerfile`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

export function rulesAt(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'dockerfile-optimizer')
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));
}

/** Waits until the findings of the document are as wanted; gives their rules. */
export function findings(document: vscode.TextDocument, isWanted: (rules: string[]) => boolean): Promise<string[]> {
  return eventually(`findings, now ${rulesAt(document).join(', ')}`, () => {
    const rules = rulesAt(document);
    return isWanted(rules) ? rules : undefined;
  });
}

/** The quick fixes and other code actions of the whole document. */
export async function codeActions(document: vscode.TextDocument, kind?: string): Promise<vscode.CodeAction[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    all,
    kind,
    50,
  );
}
