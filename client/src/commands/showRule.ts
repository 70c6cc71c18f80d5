import {
  commands,
  type Disposable,
  Disposable as Disposables,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { RulePageParams, RulePageResult } from '../../../server/src/protocol';
import type { Client } from '../activate';
import { reportFailure } from '../reportFailure';

const SCHEME = 'dockerfile-optimizer-rule';

/** A rule's page as a rendered preview, out of the extension itself. */
export function registerShowRule(client: Client): Disposable {
  const pageOf = async (rule: string): Promise<string | undefined> => {
    const params: RulePageParams = { rule };
    return (await client.sendRequest<RulePageResult | null>('dockerfile/rulePage', params))?.markdown;
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
  return Disposables.from(
    workspace.registerTextDocumentContentProvider(SCHEME, pages),
    commands.registerCommand('dockerfileOptimizer.showRule', async (argument: unknown) => {
      const rule = typeof argument === 'string' ? argument : await askForRule();
      if (!rule) return;
      await showRule(rule).catch((error) => reportFailure(client, l10n.t('Showing the rule'), error));
    }),
  );
}

async function askForRule(): Promise<string | undefined> {
  const answer = await window.showInputBox({
    prompt: l10n.t("A rule's id, or another tool's name for it"),
    placeHolder: 'no-root-user',
  });
  return answer?.trim();
}
