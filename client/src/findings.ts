import { type Diagnostic, languages, type Position, type Uri } from 'vscode';

/** How long to wait for the findings of a newly opened text. */
const WAIT_MS = 5000;

/** Only our findings, in text order. */
export function findingsIn(uri: Uri): readonly Diagnostic[] {
  return languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'dockerfile-optimizer')
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

/** The rule, or ShellCheck's code. */
export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The findings at the position; if there are none, those on its line. */
export function findingsAt(uri: Uri, position: Position): readonly Diagnostic[] {
  const all = findingsIn(uri);
  const within = all.filter(({ range }) => range.contains(position));
  return within.length > 0 ? within : all.filter(({ range }) => range.start.line === position.line);
}

/** Waits for the first findings of a newly opened text; empty if none arrive. */
export function awaitFindings(uri: Uri): Promise<readonly Diagnostic[]> {
  return new Promise((resolve) => {
    const tell = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(findingsIn(uri));
    };
    const subscription = languages.onDidChangeDiagnostics(() => {
      if (findingsIn(uri).length > 0) tell();
    });
    const timer = setTimeout(tell, WAIT_MS);
    if (findingsIn(uri).length > 0) tell();
  });
}
