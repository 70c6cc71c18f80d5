import {
  commands,
  type Diagnostic,
  Disposable,
  l10n,
  type QuickPickItem,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { visibleDockerfile } from './activeDockerfile';
import type { Client } from './client';
import { registerCommand } from './command';
import { codeOf, findingsAt } from './findings';

const SCHEME = 'dockerfile-optimizer-rule';

/** "Explain This Rule": shows the rule's page as a rendered preview, from the extension itself. */
export function registerShowRule(client: Client): Disposable {
  const pageOf = async (rule: string): Promise<string | undefined> => {
    return (await client.sendRequest('dockerfile/rulePage', { rule }))?.markdown;
  };
  const pages: TextDocumentContentProvider = {
    provideTextDocumentContent: (uri) => pageOf(uri.path.replace(/^\/|\.md$/g, '')),
  };
  const showRule = async (rule: string): Promise<void> => {
    if ((await pageOf(rule)) === undefined) {
      window.showWarningMessage(l10n.t('There is no rule named {0}', rule));
      return;
    }
    await commands.executeCommand('markdown.showPreviewToSide', Uri.from({ scheme: SCHEME, path: `/${rule}.md` }));
  };
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(SCHEME, pages),
    registerCommand(client, 'showRule', l10n.t('Explain This Rule'), async (argument) => {
      const rule = typeof argument === 'string' ? argument : await chooseRule(client);
      if (rule) await showRule(rule);
    }),
  );
}

/** The rule of the finding at the cursor; if there are several or none, the user chooses one. */
async function chooseRule(client: Client): Promise<string | undefined> {
  const editor = window.activeTextEditor ?? visibleDockerfile();
  const found = editor ? findingsAt(editor.document.uri, editor.selection.active) : [];
  const atCursor = [...new Set(found.map(codeOf))];
  const [first] = found;
  if (first && atCursor.length === 1) {
    if (!isExplainedElsewhere(first)) return atCursor[0];
    await commands.executeCommand('vscode.open', first.code.target);
    return undefined;
  }
  const { rules } = await client.sendRequest('dockerfile/rules', undefined);
  const wanted = atCursor.length > 0 ? rules.filter(({ id }) => atCursor.includes(id)) : rules;
  const items = wanted.map(
    ({ id, aliases, description }): QuickPickItem => ({
      label: id,
      description: aliases.join(', '),
      detail: description,
    }),
  );
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Explain a rule'),
    placeHolder: l10n.t('A rule ID, or the name of the rule in another tool'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.label;
}

/** ShellCheck's own wiki explains its checks. */
function isExplainedElsewhere(
  finding: Diagnostic,
): finding is Diagnostic & { readonly code: { readonly target: Uri } } {
  return typeof finding.code === 'object' && finding.code.target.scheme !== 'command';
}
