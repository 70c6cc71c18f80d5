import { Diagnostic, DiagnosticSeverity, Disposable, languages, Range, type Uri, workspace } from 'vscode';
import type { CheckedFile, ReportedFinding } from '../../../server/src/protocol';
import type { Client } from '../client';
import { DOCKERFILES } from '../fileNames';
import { pageLink } from '../pageLink';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/**
 * The findings of Check All in files that are not open, as diagnostics: the explorer counts them and colors the files,
 * and Problems lists them. Files that were open or have changed since are left to the server.
 */
export class CheckedFindings implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('dockerfile-optimizer-files');
  readonly #subscriptions: Disposable;

  constructor() {
    const files = workspace.createFileSystemWatcher(DOCKERFILES, true);
    const forget = (uri: Uri): void => this.#collection.delete(uri);
    this.#subscriptions = Disposable.from(
      this.#collection,
      files,
      files.onDidChange(forget),
      files.onDidDelete(forget),
      workspace.onDidOpenTextDocument(({ uri }) => forget(uri)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('dockerfileOptimizer')) this.#collection.clear();
      }),
    );
  }

  show(client: Client, files: readonly CheckedFile[]): void {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.#collection.clear();
    for (const { uri: address, findings } of files) {
      const uri = client.protocol2CodeConverter.asUri(address);
      if (!open.has(uri.toString())) this.#collection.set(uri, findings.map(toDiagnostic));
    }
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
