import { commands, type Disposable, type ExtensionContext, extensions, l10n, workspace } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import type { StartOptions } from '../../server/src/protocol';
import { registerTools } from './agents/tools';
import { registerAskReason } from './askReason';
import type { Client } from './client';
import { registerCommand } from './command';
import { registerCreate } from './create/commands';
import { DRAFT_SCHEME } from './create/drafts';
import { registerFirstSteps } from './firstSteps/commands';
import { offerToSilence } from './firstSteps/linterOffer';
import { registerFix } from './fix';
import { HOST_DOCUMENTS, isNeeded, onceNeeded, watchInlineDockerfiles } from './hostDocuments';
import { registerOptimize } from './optimize/commands';
import { PlanVerifier } from './optimize/planVerifier';
import { PREVIEW_SCHEME } from './optimize/previewDocuments';
import { linkToPage } from './pageLink';
import { reportFailure } from './reportFailure';
import { registerCheckAll } from './reports/checkAll';
import { CheckedFindings } from './reports/checkedFindings';
import { ProgramRuns } from './reports/programRuns';
import { ReportPanels } from './reports/reportPanels';
import { registerRunsAgain } from './reports/runsAgain';
import { registerStageGraph } from './reports/stageGraph';
import { registerShowRule } from './showRule';
import { createStatusBar } from './statusBar';

/** Documents that are only shown: their findings would appear in Problems next to those of the file itself. */
const SHOWN_SCHEMES = new Set([PREVIEW_SCHEME, DRAFT_SCHEME, 'git']);

const HOVER_COMMANDS = ['fix', 'showRule', 'optimize'].map((id) => `dockerfileOptimizer.${id}`);

/** `more` are start options for one platform. */
export const clientOptions = (
  context: ExtensionContext,
  more: Pick<StartOptions, 'bundleFolder'> = {},
): LanguageClientOptions => ({
  documentSelector: [{ language: 'dockerfile' }, ...HOST_DOCUMENTS],
  diagnosticCollectionName: 'dockerfile-optimizer',
  diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
  // Programs are only started in trusted workspaces.
  initializationOptions: (): StartOptions => ({
    ...more,
    isOurExtension: true,
    isTrusted: workspace.isTrusted,
    hasOtherLanguageServer: hasOtherLanguageServer(),
    // In the browser there is no such folder, and nothing to keep.
    ...(context.globalStorageUri.scheme === 'file' ? { cacheFolder: context.globalStorageUri.fsPath } : {}),
  }),
  // This only signals changes; the server requests the settings itself.
  synchronize: { configurationSection: 'dockerfileOptimizer' },
  // Links in hovers run these.
  markdown: { isTrusted: { enabledCommands: HOVER_COMMANDS } },
  middleware: {
    // The server reports nothing about documents that it does not know.
    didOpen: async (document, next) => {
      if (!SHOWN_SCHEMES.has(document.uri.scheme)) await next(document);
    },
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (report && 'items' in report) for (const finding of report.items) linkToPage(finding);
      return report;
    },
  },
});

/** Extensions with their own completion, formatting and rename for Dockerfiles. */
const OTHERS = ['docker.docker', 'ms-azuretools.vscode-docker', 'ms-azuretools.vscode-containers'];

function hasOtherLanguageServer(): boolean {
  return OTHERS.some((id) => extensions.getExtension(id) !== undefined);
}

/**
 * Starts everything that the desktop and the browser share.
 * @param registerPrograms registers features that start programs, where that is possible
 */
export async function start(
  context: ExtensionContext,
  client: Client,
  registerPrograms?: (client: Client, panels: ReportPanels, runs: ProgramRuns) => Disposable,
): Promise<void> {
  const panels = new ReportPanels(client, context.extensionUri, (error) => {
    void reportFailure(client, l10n.t('The report'), error);
  });
  const runs = new ProgramRuns(client);
  const checked = new CheckedFindings(client, (error) => {
    void reportFailure(client, l10n.t('Checking all Dockerfiles'), error);
  });
  const verifier = new PlanVerifier(client, context.workspaceState, panels, runs);
  context.subscriptions.push(
    client,
    panels,
    runs,
    checked,
    registerCheckAll(client, panels, checked),
    registerStageGraph(client, panels, (error) => reportFailure(client, l10n.t('Show Stage Graph'), error)),
    registerRunsAgain(client),
    registerOptimize(client, verifier),
    registerTools(client, verifier),
    registerCreate(client),
    registerShowRule(client),
    registerFix(client),
    registerAskReason(client),
    registerFirstSteps(client, context.extensionUri),
    createStatusBar(client),
    watchInlineDockerfiles(),
    extensions.onDidChange(() =>
      client.sendNotification('dockerfile/otherLanguageServer', { isThere: hasOtherLanguageServer() }),
    ),
    workspace.onDidGrantWorkspaceTrust(() => client.sendNotification('dockerfile/trust', undefined)),
    ...registerServerCommands(client),
  );
  if (registerPrograms) {
    context.subscriptions.push(registerPrograms(client, panels, runs));
    // Their commands are shown when this is set. Not awaited: the window is busy at startup.
    void commands.executeCommand('setContext', 'dockerfileOptimizer.hasPrograms', true);
  }
  const begin = async () => {
    await client.start();
    context.subscriptions.push(offerToSilence(client, context));
  };
  if (isNeeded()) await begin();
  // Most files of these languages hold no Dockerfile: then no server is started.
  else context.subscriptions.push(onceNeeded(() => void begin()));
}

function registerServerCommands(client: Client): Disposable[] {
  return [
    registerCommand(client, 'restartServer', l10n.t('Restarting the server'), async () => {
      if (client.isRunning()) await client.stop();
      await client.start();
    }),
    commands.registerCommand('dockerfileOptimizer.showOutput', () => client.outputChannel.show()),
  ];
}
