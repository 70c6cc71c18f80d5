import { Diagnostic, DiagnosticSeverity, Disposable, languages, Range, type Uri, workspace } from 'vscode';
import type { CheckedFile, ReportedFinding } from '../../../server/src/protocol';
import type { Client } from '../client';
import { DOCKERFILES, HOSTS } from '../fileNames';
import { pageLink } from '../pageLink';
import { fileToCheck } from './fileToCheck';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/**
 * The findings of Check All in files that are not open, as diagnostics: the explorer counts them and colors the files,
 * and Problems lists them. An open file is left to the server; one that was closed or has changed is checked again.
 */
export class CheckedFindings implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('dockerfile-optimizer-files');
  readonly #client: Client;
  readonly #subscriptions: Disposable;
  /** The files of the last Check All. */
  readonly #checked = new Set<string>();

  constructor(client: Client, report: (error: unknown) => void) {
    this.#client = client;
    const watchers = [DOCKERFILES, HOSTS].map((glob) => workspace.createFileSystemWatcher(glob, true));
    const forget = (uri: Uri): void => this.#collection.delete(uri);
    const again = (uri: Uri): void => {
      if (this.#checked.has(uri.toString())) this.#checkAgain(uri).catch(report);
    };
    this.#subscriptions = Disposable.from(
      this.#collection,
      ...watchers.flatMap((files) => [files, files.onDidChange(again), files.onDidDelete(forget)]),
      workspace.onDidOpenTextDocument(({ uri }) => forget(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => again(uri)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('dockerfileOptimizer')) this.#clear();
      }),
    );
  }

  show(files: readonly CheckedFile[]): void {
    this.#clear();
    for (const file of files) this.#set(file);
  }

  #clear(): void {
    this.#collection.clear();
    this.#checked.clear();
  }

  #set({ uri: address, findings }: CheckedFile): void {
    const uri = this.#client.protocol2CodeConverter.asUri(address);
    this.#checked.add(uri.toString());
    const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (!isOpen) this.#collection.set(uri, findings.map(toDiagnostic));
  }

  async #checkAgain(uri: Uri): Promise<void> {
    const params = { files: [await fileToCheck(this.#client, uri)] };
    const result = await this.#client.sendRequest('dockerfile/checkFiles', params);
    if (result && result.files.length === 0) this.#collection.delete(uri);
    for (const file of result?.files ?? []) this.#set(file);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function toDiagnostic({ rule, code, severity, message, range: { start, end } }: ReportedFinding): Diagnostic {
  const range = new Range(start.line, start.character, end.line, end.character);
  const diagnostic = new Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = 'dockerfile-optimizer';
  diagnostic.code = code ?? { value: rule, target: pageLink(rule) };
  return diagnostic;
}
