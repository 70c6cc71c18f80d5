import { l10n, type Memento, type TextDocument, Uri, window, workspace } from 'vscode';
import type { OptimizeParams, Verification, VerifyAccess } from '../../../server/src/protocol';
import type { Client } from '../client';
import { nameOf, type ProgramRuns } from '../reports/programRuns';
import type { ReportPanels } from '../reports/reportPanels';
import type { PlanPart } from './proposal';
import type { VerifiedPlan } from './verifiedSteps';

/** Builds and runs images before and after a plan, in trusted workspaces and once the user has agreed. */
export class PlanVerifier {
  constructor(
    private readonly client: Client,
    private readonly memory: Memento,
    private readonly panels: ReportPanels,
    private readonly runs: ProgramRuns,
  ) {}

  /** Undefined: the user did not agree or has cancelled it, or it failed and the user was told why. */
  async verify(
    document: TextDocument,
    choice: Pick<OptimizeParams, 'without'> & PlanPart,
  ): Promise<VerifiedPlan | undefined> {
    const { client, runs } = this;
    const access = await this.access(document);
    if (!access) return undefined;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    let verified: VerifiedPlan | undefined;
    const work: Parameters<ProgramRuns['run']>[2] = async (token) => {
      const result = await client.sendRequest('dockerfile/verify', { ...choice, uri, access }, token);
      if (result.ok) verified = result;
      else runs.tellWhy(result);
    };
    await runs.run(l10n.t('Verifying {0}', nameOf(document.uri)), document.uri, work, runs.onStep);
    return verified;
  }

  /** What the user lets a verification do; undefined: nothing, or the user was told why it is impossible. */
  async access({ uri }: TextDocument): Promise<VerifyAccess | undefined> {
    if (!workspace.isTrusted || uri.scheme !== 'file') {
      window.showInformationMessage(l10n.t('Images are built and run only for files of trusted workspaces'));
      return undefined;
    }
    const address = this.client.code2ProtocolConverter.asUri(uri);
    return this.#confirmed(uri, await this.client.sendRequest('dockerfile/verifyAccess', { uri: address }));
  }

  showReport({ uri }: TextDocument, verification: Verification): Promise<void> {
    return this.panels.show({ kind: 'verify', name: nameOf(uri), verification }, uri);
  }

  /** Asks once for a folder, and again when its configuration wants something else of this machine. */
  async #confirmed(uri: Uri, wanted: VerifyAccess): Promise<VerifyAccess | undefined> {
    const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..');
    const key = `verify ${folder} ${JSON.stringify(wanted)}`;
    const isCommandAllowed = this.memory.get<boolean>(key) ?? (await ask(uri, wanted));
    if (isCommandAllowed === undefined) return undefined;
    await this.memory.update(key, isCommandAllowed);
    const { command, ...others } = wanted;
    return isCommandAllowed ? { ...others, command } : others;
  }
}

/** Whether the command may run too; undefined: the user does not agree to any of it. */
async function ask(uri: Uri, { volumes, compose, command }: VerifyAccess): Promise<boolean | undefined> {
  const [run, also] = [l10n.t('Build and Run'), l10n.t('Also Run the Command')];
  const detail = [
    l10n.t(
      'Your engine builds the image before and after the plan, starts both and compares what they do. The containers have no network, and everything is removed afterwards. You are asked once for this folder.',
    ),
    ...(volumes.length > 0 ? [l10n.t('The configuration mounts: {0}', volumes.join(', '))] : []),
    ...(compose === undefined
      ? []
      : [
          l10n.t(
            'The configuration starts the service {0} of the Compose file, with its mounts and dependencies',
            compose,
          ),
        ]),
    ...(command === undefined
      ? []
      : [l10n.t('The configuration has a command, which runs on this machine and not in a container: {0}', command)]),
  ].join('\n\n');
  const question = l10n.t('Build and run the image of {0}?', nameOf(uri));
  const answers = command === undefined ? [run] : [run, also];
  const answer = await window.showWarningMessage(question, { modal: true, detail }, ...answers);
  return answer === undefined ? undefined : answer === also;
}
