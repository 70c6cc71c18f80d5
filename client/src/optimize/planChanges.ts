import type { OptimizeResult, OptimizeStep } from '../../../server/src/protocol';

/** A part of the document that the plan replaces, and the steps that cause it. */
export interface PlanChange {
  /** UTF-16 offsets into the plan's `before`; `end` is not included. */
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  readonly steps: readonly OptimizeStep[];
}

/** A piece of the text after some steps: unchanged parts of the document, and text written by steps. */
type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'written'; readonly text: string; readonly steps: readonly OptimizeStep[] };

/**
 * Each step edits the text that the steps before it left. Converts them all to edits of the document itself, sorted and
 * disjoint.
 */
export function changesOf(plan: OptimizeResult): PlanChange[] {
  return readChanges(piecesOf(plan), plan.before);
}

function piecesOf({ before, steps }: OptimizeResult): readonly Piece[] {
  let pieces: readonly Piece[] = [{ kind: 'kept', start: 0, end: before.length }];
  for (const step of steps) {
    const toOffset = createOffsets(pieces.map((piece) => textOf(piece, before)).join(''));
    // From last to first, so that the positions of the others stay valid.
    for (const { range, newText } of step.edits.toReversed()) {
      pieces = write(pieces, toOffset(range.start), toOffset(range.end), newText, step);
    }
  }
  return pieces;
}

/** Where steps have written, as UTF-16 offsets: exact in the text after the plan, a whole change in the one before. */
export interface WrittenPlace {
  readonly steps: readonly OptimizeStep[];
  readonly before: { readonly start: number; readonly end: number };
  readonly after: { readonly start: number; readonly end: number };
}

export function placesOf(plan: OptimizeResult): WrittenPlace[] {
  const pieces = piecesOf(plan);
  const places: WrittenPlace[] = [];
  let position = 0;
  let length = 0;
  for (const [index, piece] of pieces.entries()) {
    const start = length;
    length += lengthOf(piece);
    if (piece.kind === 'kept') position = piece.end;
    else {
      const next = pieces.slice(index).find((one) => one.kind === 'kept');
      const before = { start: position, end: next?.start ?? plan.before.length };
      places.push({ steps: piece.steps, before, after: { start, end: length } });
    }
  }
  return places;
}

/** One step per id, in order: a rule that acts in several rounds is one step to the user, with its total saving. */
export function uniqueSteps(steps: readonly OptimizeStep[]): OptimizeStep[] {
  const unique = new Map<string, OptimizeStep>();
  for (const step of steps) {
    const known = unique.get(step.id);
    unique.set(step.id, known ? joinSteps(known, step) : step);
  }
  return [...unique.values()];
}

function joinSteps(first: OptimizeStep, second: OptimizeStep): OptimizeStep {
  const bytes = [first.impactBytes, second.impactBytes].filter((known) => known !== undefined);
  return {
    ...first,
    safety: first.safety === 'safe' ? second.safety : first.safety,
    ...(bytes.length > 0 ? { impactBytes: bytes.reduce((sum, one) => sum + one, 0) } : {}),
  };
}

function write(
  pieces: readonly Piece[],
  start: number,
  end: number,
  newText: string,
  step: OptimizeStep,
): readonly Piece[] {
  const head: Piece[] = [];
  const tail: Piece[] = [];
  const steps: OptimizeStep[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    if (offset + length <= start) {
      head.push(piece);
    } else if (offset >= end) {
      tail.push(piece);
    } else {
      if (offset < start) head.push(cut(piece, 0, start - offset));
      if (offset + length > end) tail.push(cut(piece, end - offset, length));
      if (piece.kind === 'written') steps.push(...piece.steps);
    }
    offset += length;
  }
  return [...head, { kind: 'written', text: newText, steps: [...steps, step] }, ...tail];
}

function cut(piece: Piece, from: number, to: number): Piece {
  return piece.kind === 'kept'
    ? { ...piece, start: piece.start + from, end: piece.start + to }
    : { ...piece, text: piece.text.slice(from, to) };
}

function readChanges(pieces: readonly Piece[], before: string): PlanChange[] {
  const changes: PlanChange[] = [];
  let position = 0;
  let newText = '';
  let steps: OptimizeStep[] = [];
  const close = (end: number): void => {
    if (newText !== before.slice(position, end)) {
      changes.push({ start: position, end, newText, steps: steps.filter(isFirstOfItsId) });
    }
    newText = '';
    steps = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'kept') {
      close(piece.start);
      position = piece.end;
    } else {
      newText += piece.text;
      steps.push(...piece.steps);
    }
  }
  close(before.length);
  return changes;
}

function isFirstOfItsId({ id }: OptimizeStep, index: number, steps: readonly OptimizeStep[]): boolean {
  return steps.findIndex((step) => step.id === id) === index;
}

function textOf(piece: Piece, before: string): string {
  return piece.kind === 'kept' ? before.slice(piece.start, piece.end) : piece.text;
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.end - piece.start : piece.text.length;
}

function createOffsets(text: string): (position: { readonly line: number; readonly character: number }) => number {
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length)];
  return ({ line, character }) => (starts[line] ?? text.length) + character;
}
