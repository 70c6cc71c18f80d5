import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../engine/rule';
import { trimEdit } from '../text/edits';
import { createLineIndex } from '../text/lineIndex';
import type { Analysis } from './analyses';

/** A line counts as being typed for so long after a change. */
const PAUSE_MS = 1000;

interface Typed {
  text: string;
  /** The line of the last change; undefined after a pause, or a change of several lines. */
  line?: number | undefined;
  /** Rules that had a finding on the line before it was typed. */
  known: ReadonlySet<string>;
  /** What was shown last, with the lines of then. */
  shown: readonly { readonly ruleId: string; readonly line: number }[];
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Holds back what is new on the line that is being typed: an instruction, option, array or tag that is not finished yet
 * looks like a mistake. It is shown when the user pauses or changes another line; what is mended is gone at once.
 */
export class Typing {
  readonly #documents = new Map<string, Typed>();

  /** @param onPause findings that were held back can be shown */
  constructor(private readonly onPause: () => void) {}

  /** Call it after each change, and when a document opens. */
  note(document: TextDocument): void {
    const text = document.getText();
    const typed = this.#documents.get(document.uri);
    if (!typed) {
      this.#documents.set(document.uri, { text, known: new Set(), shown: [] });
      return;
    }
    const line = changedLine(typed.text, text);
    if (line !== typed.line) {
      typed.known = new Set(typed.shown.filter((one) => one.line === line).map(({ ruleId }) => ruleId));
    }
    typed.text = text;
    typed.line = line;
    clearTimeout(typed.timer);
  }

  /** The findings to show now, of a document or of each Dockerfile inside it. */
  settled(uri: string, analyses: readonly Pick<Analysis, 'findings' | 'lines'>[]): (readonly Finding[])[] {
    const typed = this.#documents.get(uri);
    const all = analyses.map(({ findings }) => findings);
    if (!typed) return all;
    const { line, known } = typed;
    const lineOf = ({ lines }: Pick<Analysis, 'lines'>, { span }: Finding) => lines.positionAt(span.start).line;
    const shown = analyses.map((analysis) =>
      line === undefined
        ? analysis.findings
        : analysis.findings.filter((one) => known.has(one.ruleId) || lineOf(analysis, one) !== line),
    );
    typed.shown = analyses.flatMap((analysis, index) =>
      (shown[index] ?? []).map((one) => ({ ruleId: one.ruleId, line: lineOf(analysis, one) })),
    );
    clearTimeout(typed.timer);
    if (shown.flat().length < all.flat().length)
      typed.timer = setTimeout(() => {
        typed.line = undefined;
        this.onPause();
      }, PAUSE_MS);
    return shown;
  }

  forget(uri: string): void {
    clearTimeout(this.#documents.get(uri)?.timer);
    this.#documents.delete(uri);
  }

  dispose(): void {
    for (const uri of [...this.#documents.keys()]) this.forget(uri);
  }
}

/** The only line that differs; undefined if there are several or none. */
function changedLine(before: string, after: string): number | undefined {
  const edit = trimEdit(before, after, 0);
  if (!edit || /[\r\n]/.test(before.slice(edit.span.start, edit.span.end) + edit.newText)) return undefined;
  return createLineIndex(after).positionAt(edit.span.start).line;
}
