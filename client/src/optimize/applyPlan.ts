import { l10n, Range, type TextDocument, type Uri, WorkspaceEdit, window } from 'vscode';
import type { OptimizeResult } from '../../../server/src/protocol';
import { listText } from '../wording';
import { changesOf } from './planChanges';
import type { Proposals } from './proposals';
import { writeFiles } from './writeFiles';

export async function applyAll(proposals: Proposals, uri: Uri): Promise<void> {
  const proposal = await proposals.current(uri);
  if (proposal) await apply(proposals, proposal.document, proposal.plan);
}

export async function applySafeSteps(proposals: Proposals, uri: Uri): Promise<void> {
  const proposal = await proposals.current(uri);
  if (!proposal) return;
  const { document, without = [], part } = proposal;
  const plan = await proposals.request(document, { ...part, without, level: 'safe' });
  if (plan && plan.steps.length > 0) await apply(proposals, document, plan);
  else await proposals.endWith(document, l10n.t('No step is safe to apply without review'));
}

async function apply(proposals: Proposals, document: TextDocument, plan: OptimizeResult): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { start, end, newText } of changesOf(plan))
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText);
  if (document.version !== plan.version || !(await writeFiles(edit, document.uri, plan.files))) {
    window.showErrorMessage(l10n.t('The change was not applied: the file may be read-only or may have changed'));
    return;
  }
  await proposals.end(document.uri);
  await window.showTextDocument(document);
  // The Dockerfile shows for itself what has become of it; other files are out of sight.
  const also = plan.files.map(({ path }) => path);
  if (also.length === 0) return;
  await proposals.sendFiles(document);
  window.showInformationMessage(l10n.t('Plan applied. Also written: {0}', listText(also)));
}
