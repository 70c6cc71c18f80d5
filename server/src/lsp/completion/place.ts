import type { CompletionItem } from 'vscode-languageserver';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { Analysis } from '../analyses';
import type { FeatureContext } from '../featureContext';

/** Where the cursor is. */
export interface Place {
  readonly analysis: Analysis;
  readonly context: FeatureContext;
  readonly offset: number;
  /** The line up to the cursor. */
  readonly line: string;
  /** The instruction around the cursor; the trigger in ONBUILD. */
  readonly node: Instruction | undefined;
  /** From the keyword of that instruction to the cursor, without line breaks; '' outside of instructions. */
  readonly head: string;
}

export function placeAt(analysis: Analysis, context: FeatureContext, offset: number): Place {
  const { text, dockerfile } = analysis;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const last = dockerfile.instructions.findLast(({ span }) => span.start <= offset);
  // The instruction goes on after a blank, and after a line that is to be continued.
  const isInside = last && (last.span.end >= lineStart || isContinued(analysis.dockerfile, lineStart));
  const outer = isInside ? last : undefined;
  const node = outer?.trigger && outer.trigger.span.start < offset ? outer.trigger : outer;
  const written = node ? text.slice(node.span.start, offset) : '';
  const head = written.replace(/^[ \t]*#.*\r?\n/gm, '').replace(/[\\`][ \t]*\r?\n/g, ' ');
  return { analysis, context, offset, line, node, head };
}

/** The line above ends in the escape character. */
function isContinued({ text, escape }: DockerfileModel, lineStart: number): boolean {
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  return above.trimEnd().endsWith(escape) && !above.trimStart().startsWith('#');
}

/** Where an item goes: it replaces what is written of it, and the rest of the word. */
export function replacing({ analysis, offset }: Place, written: string, rest = /^[^\s,]*/): EditOf {
  const after = rest.exec(analysis.text.slice(offset, offset + 256))?.[0].length ?? 0;
  const range = {
    start: analysis.lines.positionAt(offset - written.length),
    end: analysis.lines.positionAt(offset + after),
  };
  return (newText) => ({ textEdit: { range, newText } });
}

export type EditOf = (newText: string) => Pick<CompletionItem, 'textEdit'>;

export function hasSnippets({ context }: Place): boolean {
  return context.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
}
