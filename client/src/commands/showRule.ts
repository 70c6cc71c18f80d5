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
import type { RulePageResult } from '../../../server/src/protocol';
import type { Client } from '../activate';

const SCHEME = 'dockerfile-optimizer-rule';

/** A rule's page as a rendered preview, out of the extension itself. */
export function registerShowRule(client: Client): Disposable {
  const pages: TextDocumentContentProvider = {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.replace(/^\/|\.md$/g, '');
      const page = await client.sendRequest<RulePageResult | null>('dockerfile/rulePage', { rule });
      return page?.markdown ?? l10n.t('There is no rule named {0}', rule);
    },
  };
  return Disposables.from(
    workspace.registerTextDocumentContentProvider(SCHEME, pages),
    commands.registerCommand('dockerfileOptimizer.showRule', async (rule: unknown) => {
      const name = typeof rule === 'string' ? rule : await askForRule();
      if (name === undefined || name === '') return;
      const uri = Uri.from({ scheme: SCHEME, path: `/${name}.md` });
      await commands.executeCommand('markdown.showPreviewToSide', uri);
    }),
  );
}

function askForRule(): Thenable<string | undefined> {
  return window.showInputBox({
    prompt: l10n.t("A rule's id, or another tool's name for it"),
    placeHolder: 'no-root-user',
  });
}
