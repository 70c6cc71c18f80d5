import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { containsSpan, type Span } from '../../text/span';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';

/** From the word at the cursor to its command, instruction, stage and file. */
export function selectionRange(
  { text, dockerfile, lines }: Analysis,
  { positions }: SelectionRangeParams,
): SelectionRange[] {
  return positions.map((position) => {
    const offset = lines.offsetAt(position);
    const around = spansAround(dockerfile, offset)
      .filter(({ start, end }) => start <= offset && offset <= end)
      .sort((a, b) => b.end - b.start - (a.end - a.start));
    let range: SelectionRange = { range: toRange(lines, { start: 0, end: text.length }) };
    let outer: Span = { start: 0, end: text.length };
    for (const span of around) {
      if (!containsSpan(outer, span) || (span.start === outer.start && span.end === outer.end)) continue;
      range = { range: toRange(lines, span), parent: range };
      outer = span;
    }
    return range;
  });
}

function spansAround({ stages, instructions, comments }: DockerfileModel, offset: number): Span[] {
  const node = instructions.findLast(({ span }) => span.start <= offset);
  const isInside = node !== undefined && offset <= node.span.end;
  return [
    ...stages.map(({ from, instructions: own }) => ({
      start: from.span.start,
      end: (own.at(-1) ?? from).span.end,
    })),
    ...comments.map(({ span }) => span),
    ...(isInside ? [node, ...(node.trigger ? [node.trigger] : [])].flatMap(spansIn) : []),
  ];
}

function spansIn(node: Instruction): Span[] {
  return [
    node.span,
    node.keywordSpan,
    node.body,
    ...node.flags.map(({ span }) => span),
    ...node.args.map(({ span }) => span),
    ...node.pairs.flatMap(({ span, nameSpan, valueSpan }) => [span, nameSpan, ...(valueSpan ? [valueSpan] : [])]),
    ...node.heredocs.map(({ content }) => content),
    ...(node.script?.chain.items ?? []).map(({ span }) => span),
    ...(node.script?.commands ?? []).flatMap(({ span, words }) => [span, ...words.map((word) => word.span)]),
  ];
}
