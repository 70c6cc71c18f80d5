import {
  commands,
  env,
  l10n,
  Range,
  TabInputText,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { Report, ReportPage } from '../../../server/src/protocol';
import type { Client } from '../client';
import type { PageMessage } from '../webview/pageMessage';
import { fixFile } from './fixFile';
import { saveReport } from './saveReport';

/** Reports in editor tabs: one for each Dockerfile and kind of report; a newer report replaces the content. */
export class ReportPanels {
  readonly #panels = new Map<string, WebviewPanel>();
  /** The report in each panel, for the page's request and for saving. */
  readonly #reports = new Map<WebviewPanel, Report>();
  readonly #template: Uri;
  readonly #report: (error: unknown) => void;

  readonly #client: Client;

  constructor(client: Client, extensionUri: Uri, report: (error: unknown) => void) {
    this.#template = Uri.joinPath(extensionUri, 'dist/reportView.html');
    this.#report = report;
    this.#client = client;
  }

  /** `source`: the Dockerfile whose lines the report names. */
  async show(report: Report, source?: Uri): Promise<void> {
    const key = keyOf(report.kind, source);
    const open = this.#panels.get(key);
    if (open) {
      await this.update(report, source);
      open.reveal(undefined, true);
      return;
    }
    // The page's Content Security Policy only allows its own script; nothing is loaded from disk.
    const panel = window.createWebviewPanel(
      'dockerfileOptimizer.report',
      titleOf(report),
      { viewColumn: source ? ViewColumn.Beside : ViewColumn.Active, preserveFocus: true },
      // Keep selections and filters while the tab is in the background.
      { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true, enableFindWidget: true },
    );
    this.#panels.set(key, panel);
    this.#reports.set(panel, report);
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      this.#reports.delete(panel);
    });
    panel.webview.onDidReceiveMessage((message: PageMessage) => {
      this.#answer(panel, message, source).catch(this.#report);
    });
    panel.webview.html = `${await this.#readTemplate()}</script>`;
  }

  isOpen(kind: Report['kind'], source: Uri): boolean {
    return this.#panels.has(keyOf(kind, source));
  }

  /** Replaces the content of an open report where it is. */
  async update(report: Report, source?: Uri): Promise<void> {
    const open = this.#panels.get(keyOf(report.kind, source));
    if (!open) return;
    this.#reports.set(open, report);
    await open.webview.postMessage(pageOf(report));
  }

  async #answer(panel: WebviewPanel, message: PageMessage, source: Uri | undefined): Promise<void> {
    const report = this.#reports.get(panel);
    if (!report) return;
    if (message.type === 'ready') await panel.webview.postMessage(pageOf(report));
    else if (message.type === 'save')
      await saveReport(this.#client, report, pageOf(report), await this.#readTemplate(), source, message.svg);
    else if (message.type === 'optimize')
      await commands.executeCommand('dockerfileOptimizer.optimize', Uri.parse(message.uri, true));
    else if (message.type === 'fix') await this.#fix(panel, message.uri);
    else await showLine(message.uri === undefined ? source : Uri.parse(message.uri, true), message.line);
  }

  /** Fixes a file of the report, and shows what is left of its findings. */
  async #fix(panel: WebviewPanel, address: string): Promise<void> {
    const left = await fixFile(this.#client, Uri.parse(address, true));
    const report = this.#reports.get(panel);
    if (!left || report?.kind !== 'check') return;
    const files = report.files.map((file) =>
      file.uri === address ? { ...left, uri: address, path: file.path } : file,
    );
    await this.update({ ...report, files });
  }

  async #readTemplate(): Promise<string> {
    return new TextDecoder().decode(await workspace.fs.readFile(this.#template));
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }
}

function keyOf(kind: Report['kind'], source: Uri | undefined): string {
  return `${kind} ${source?.toString() ?? ''}`;
}

function pageOf(report: Report): ReportPage {
  return { language: env.language, texts: l10n.bundle ?? {}, report };
}

function titleOf({ kind, name }: Report): string {
  if (kind === 'measure') return l10n.t('Measured: {0}', name);
  if (kind === 'verify') return l10n.t('Verified: {0}', name);
  if (kind === 'graph') return l10n.t('Stages: {0}', name);
  return kind === 'scan' ? l10n.t('Vulnerabilities: {0}', name) : l10n.t('Dockerfiles: {0}', name);
}

/** Shows the line where the file is already open, else in the first column, beside the report. */
async function showLine(uri: Uri | undefined, line: number): Promise<void> {
  if (!uri) return;
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString()),
  );
  await window.showTextDocument(uri, {
    viewColumn: group?.viewColumn ?? ViewColumn.One,
    selection: new Range(line, 0, line, 0),
  });
}
