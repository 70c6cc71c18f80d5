import {
  Disposable,
  l10n,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import type { Client } from './client';
import { codeOf, findingsIn } from './findings';
import { LanguageStatus } from './languageStatus';
import { sourceOf } from './optimize/previewDocuments';
import { countRules } from './optimize/stepText';
import { findingCount, listText } from './wording';

/** Shows the number of findings in the active Dockerfile, and the possible saving; a click optimizes it. */
export function createStatusBar(client: Client): Disposable {
  const item = window.createStatusBarItem('dockerfileOptimizer.status', StatusBarAlignment.Right, 90);
  item.name = l10n.t('Dockerfile Optimizer');
  item.command = 'dockerfileOptimizer.optimize';
  const language = new LanguageStatus();
  const known = new Map<string, StatusParams>();
  const show = (): void => {
    const document = window.activeTextEditor?.document;
    const uri = document && sourceOf(document.uri);
    const status = uri && isChecked(document) ? known.get(uri.toString()) : undefined;
    if (!uri || !status) {
      item.hide();
      return;
    }
    const { findings, notChecked, saving, change = '' } = status;
    const summary = notChecked ?? listText([findingCount(findings), ...(change === '' ? [] : [change])]);
    const action = l10n.t('Click to optimize this Dockerfile');
    item.text = notChecked ? '$(circle-slash)' : `$(layers) ${listText([findings, ...(saving ? [saving] : [])])}`;
    const told = notChecked === undefined ? [summary, rulesAt(uri).join('\n'), action] : [summary];
    item.tooltip = new MarkdownString(told.join('\n\n'));
    item.accessibilityInformation = { label: `${item.name}: ${told.join('. ')}` };
    item.show();
    language.show(status);
  };
  return Disposable.from(
    item,
    language,
    client.onNotification('dockerfile/status', (status) => {
      // The client and the server may write the same URI in different ways.
      known.set(client.protocol2CodeConverter.asUri(status.uri).toString(), status);
      show();
    }),
    workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('dockerfileOptimizer.enable')) show();
    }),
    window.onDidChangeActiveTextEditor(show),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) show();
    }),
  );
}

function isChecked(document: TextDocument): boolean {
  const isEnabled = workspace.getConfiguration('dockerfileOptimizer', document).get('enable', true);
  return isEnabled && document.languageId === 'dockerfile';
}

/** The rules of the findings, as a Markdown list. */
function rulesAt(uri: Uri): string[] {
  return countRules(findingsIn(uri).map(codeOf)).map((rule) => `- ${rule}`);
}
