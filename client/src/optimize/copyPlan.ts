import { env, l10n, type Uri, window, workspace } from 'vscode';
import { escapeMarkdown } from '../../../server/src/text/markdown';
import type { Client } from '../client';
import { partAtCursor } from './partAtCursor';
import type { Proposals } from './proposals';
import { workspaceFiles } from './workspaceFiles';

/** Copies the plan as it is shown, or the whole one, for the description of a pull request. */
export async function copyPlan(client: Client, proposals: Proposals, uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const { part = partAtCursor(uri), without } = proposals.last(uri) ?? {};
  const plan = await client.sendRequest('dockerfile/planMarkdown', {
    uri: client.code2ProtocolConverter.asUri(uri),
    ...part,
    ...(without ? { without } : {}),
    context: await workspaceFiles(document),
  });
  if (!plan || plan.markdown === '') {
    window.showInformationMessage(l10n.t('Nothing to optimize'));
    return;
  }
  const name = workspace.asRelativePath(uri, false);
  await env.clipboard.writeText(`## ${escapeMarkdown(name)}\n\n${plan.markdown}\n`);
  window.showInformationMessage(l10n.t('Plan copied as Markdown'));
}
