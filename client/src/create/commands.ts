import { Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { CreatedFiles, CreateResult } from '../../../server/src/protocol';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { workspaceFiles } from '../optimize/workspaceFiles';
import { reportFailure } from '../reportFailure';
import { DRAFT_SCHEME, type Draft, Drafts } from './drafts';
import { explainDrafts } from './explanations';
import { writeDraft } from './writeDraft';

/** "Create Dockerfile" for a folder that has none: shows it first; nothing is written before the user agrees. */
export function registerCreate(client: Client): Disposable {
  const what = l10n.t('Create Dockerfile');
  const drafts = new Drafts();
  return Disposable.from(
    drafts,
    explainDrafts(drafts),
    registerCommand(client, 'createDockerfile', what, async (argument) => {
      const given = argument instanceof Uri ? argument : undefined;
      // The title bar of the shown draft.
      if (given?.scheme === DRAFT_SCHEME) {
        if (drafts.shown) await writeDraft(drafts, drafts.shown);
        return;
      }
      await drafts.end();
      const folder = given ?? (await chooseFolder());
      const draft = folder && (await draftFor(client, folder));
      if (!draft) return;
      await drafts.show(draft);
      // Not awaited: the preview stays open, and its title bar has the same choice.
      askWhatToDo(drafts, draft).catch((error) => reportFailure(client, what, error));
    }),
  );
}

async function chooseFolder(): Promise<Uri | undefined> {
  const [first, ...others] = workspace.workspaceFolders ?? [];
  const active = window.activeTextEditor?.document.uri;
  const ofActive = active && workspace.getWorkspaceFolder(active);
  if (!first) window.showInformationMessage(l10n.t('Open a folder first'));
  return (ofActive ?? (others.length > 0 ? await window.showWorkspaceFolderPick() : first))?.uri;
}

/** Undefined: the user did not choose a program, or was told why there is no Dockerfile for this folder. */
async function draftFor(client: Client, folder: Uri): Promise<Draft | undefined> {
  const dockerfile = Uri.joinPath(folder, 'Dockerfile');
  const context = await workspaceFiles({ uri: dockerfile });
  const request = (program?: string) =>
    client.sendRequest('dockerfile/create', {
      uri: client.code2ProtocolConverter.asUri(dockerfile),
      context,
      program,
    });
  const created = createdIn(folder, await chosen(await request(), request));
  return created && { dockerfile, created };
}

async function chosen(
  result: CreateResult,
  request: (program: string) => Promise<CreateResult>,
): Promise<CreateResult | undefined> {
  if (!('programs' in result)) return result;
  const items = result.programs.map(({ name, title }) => ({ label: title, description: name }));
  const item = await window.showQuickPick(items, {
    title: l10n.t('Create Dockerfile'),
    placeHolder: l10n.t('The program that the image is for'),
    matchOnDescription: true,
  });
  return item && request(item.description);
}

function createdIn(folder: Uri, result: CreateResult | undefined): CreatedFiles | undefined {
  const name = folder.path.split('/').findLast((part) => part !== '') ?? folder.path;
  if (result?.ok === false) window.showWarningMessage(l10n.t('No Dockerfile created in {0}: {1}', name, result.reason));
  return result && 'created' in result ? result.created : undefined;
}

async function askWhatToDo(drafts: Drafts, draft: Draft): Promise<void> {
  const [create, discard] = [l10n.t('Create'), l10n.t('Discard')];
  const question = l10n.t('Create this Dockerfile for {0}? Nothing is written yet.', draft.created.title);
  const answer = await window.showInformationMessage(question, create, discard);
  // It may have been written from the title bar, or replaced.
  if (drafts.shown !== draft) return;
  if (answer === create) await writeDraft(drafts, draft);
  else if (answer === discard) await drafts.end();
}
