/** Half-open [start, end) UTF-16 offsets into the document. The engine does not use lines and columns. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True at its ends too, where a cursor touches it. */
export function isAt(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True when the spans share at least one character. */
export function spansOverlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True when the spans share a character or are adjacent. */
export function spansMeet(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function shiftSpan(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
