import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { Analysis } from '../analyses';

/** Stages, instructions of several lines, and comments of several lines. */
export function foldingRange({ text, dockerfile, lines }: Analysis): FoldingRange[] {
  const { stages, instructions, comments } = dockerfile;
  const found: FoldingRange[] = [];
  const add = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const [startLine, endLine] = [lines.positionAt(start).line, lines.positionAt(end).line];
    if (endLine > startLine) found.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  for (const stage of stages) add(stage.from.span.start, (stage.instructions.at(-1) ?? stage.from).span.end);
  for (const { span } of instructions) add(span.start, span.end);
  let block: { start: number; end: number } | undefined;
  for (const { span } of comments) {
    const isNext = block && /^\r?\n[ \t]*$/.test(text.slice(block.end, span.start));
    if (block && isNext) block.end = span.end;
    else {
      if (block) add(block.start, block.end, FoldingRangeKind.Comment);
      block = { ...span };
    }
  }
  if (block) add(block.start, block.end, FoldingRangeKind.Comment);
  return found;
}
