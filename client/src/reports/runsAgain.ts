import {
  commands,
  Disposable,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { ConcernedFile, InputHistoryResult, PlannedHistory } from '../../../server/src/protocol';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { listText, stepCount } from '../wording';
import { dockerfilesInWorkspace } from './dockerfilesInWorkspace';
import { fileToCheck } from './fileToCheck';
import { nameOf } from './programRuns';
import { withProgress } from './withProgress';

/** A line to show, or another thing to do. */
interface Choice extends QuickPickItem {
  readonly open?: () => PromiseLike<unknown>;
}

/** "What Runs Again When I Change This File?", and which files the commits of a project change. */
export function registerRunsAgain(client: Client): Disposable {
  const ofFile = async (changed: Uri): Promise<void> => {
    const { uris } = await dockerfilesInWorkspace();
    const files = await Promise.all(uris.map((uri) => fileToCheck(client, uri)));
    const uri = client.code2ProtocolConverter.asUri(changed);
    const result = await client.sendRequest('dockerfile/runsAgain', { files, changed: { uri } });
    if (result.files.length === 0) {
      window.showInformationMessage(l10n.t('{0}: no Dockerfile of this workspace copies it', nameOf(changed)));
      return;
    }
    await choose(l10n.t('What a change of {0} runs again', nameOf(changed)), stepChoices(result.files));
  };
  /** The instruction of a code lens. */
  const ofInstruction = async (uri: Uri, line: number): Promise<void> => {
    const files = [await fileToCheck(client, uri)];
    const result = await client.sendRequest('dockerfile/runsAgain', { files, changed: { line } });
    await choose(l10n.t('What a change in line {0} runs again', line + 1), stepChoices(result.files));
  };
  const stepChoices = (files: readonly ConcernedFile[]): Choice[] =>
    files.flatMap(({ uri, path, steps }) => [
      { label: `${path}: ${stepCount(steps.length)}`, kind: QuickPickItemKind.Separator },
      ...steps.map(({ line, instruction, isCertain }) => ({
        label: instruction,
        description: listText([l10n.t('line {0}', line), ...(isCertain ? [] : [l10n.t('if what it copies changes')])]),
        open: () => showLine(client.protocol2CodeConverter.asUri(uri), line - 1),
      })),
    ]);
  const history = async (uri: Uri): Promise<void> => {
    await workspace.openTextDocument(uri);
    let result: InputHistoryResult | undefined;
    await withProgress(l10n.t('Reading the history of {0}', nameOf(uri)), async (token) => {
      const params = { uri: client.code2ProtocolConverter.asUri(uri) };
      result = await client.sendRequest('dockerfile/inputHistory', params, token);
    });
    if (result?.ok) await showHistory(uri, result.history);
    else if (result) window.showInformationMessage(result.reason);
  };
  return Disposable.from(
    registerCommand(client, 'runsAgain', l10n.t('What Runs Again'), async (argument, line) => {
      if (typeof argument === 'string' && typeof line === 'number')
        return ofInstruction(Uri.parse(argument, true), line);
      const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
      if (uri) return ofFile(uri);
      window.showInformationMessage(l10n.t('Open a file first'));
    }),
    registerCommand(client, 'inputHistory', l10n.t('Show Which Files Change Most'), async (argument) => {
      const uri = argument instanceof Uri ? argument : activeDockerfile();
      if (uri) return history(uri);
      window.showInformationMessage(l10n.t('Open a Dockerfile first'));
    }),
  );
}

async function showHistory(uri: Uri, history: PlannedHistory): Promise<void> {
  const { inputs, commits, runs, plannedRuns } = history;
  const lines = inputs.map((input) => ({
    label: input.instruction,
    description: l10n.t('line {0}', input.line),
    detail: l10n.t('{0} of {1} commits change it, RUNs that run again: {2}', input.commits, commits, input.runs),
    open: () => showLine(uri, input.line - 1),
  }));
  const planned: Choice[] =
    plannedRuns === undefined
      ? []
      : [
          { label: '', kind: QuickPickItemKind.Separator },
          {
            label: `$(layers) ${l10n.t('Optimize Dockerfile')}`,
            detail: l10n.t('In its order {0} RUNs would have run again, not {1}', plannedRuns, runs),
            open: () => commands.executeCommand('dockerfileOptimizer.optimize', uri),
          },
        ];
  await choose(l10n.t('RUNs that the last {0} commits run again: {1}', commits, runs), [...lines, ...planned]);
}

async function choose(title: string, choices: readonly Choice[]): Promise<void> {
  const chosen = await window.showQuickPick(choices, { title, matchOnDescription: true, matchOnDetail: true });
  await chosen?.open?.();
}

function showLine(uri: Uri, line: number): PromiseLike<unknown> {
  return window.showTextDocument(uri, { selection: new Range(line, 0, line, 0) });
}
