import { sortEdits } from '../text/edits';
import type { Span } from '../text/span';
import { formatMessage, type Speech } from './messages';
import type { Finding, Fix, FixDraft, ReportData, ReportExtra, RuleMeta, Severity } from './rule';

/** Turns a report into a finding. Throws when the rule reports outside the text or its edits overlap. */
export function makeFinding<MessageId extends string>(
  meta: RuleMeta<MessageId>,
  severity: Severity,
  textLength: number,
  at: Span,
  messageId: MessageId,
  extra: ReportExtra<MessageId>,
  speech: Speech,
): Finding {
  const { data, fix = adviceOn(meta, messageId), related = [], impact } = extra;
  const message = (id: MessageId, more?: ReportData): string =>
    formatMessage(meta, id, more ? { ...data, ...more } : data, speech);
  const drafts: readonly FixDraft<MessageId>[] = Array.isArray(fix) ? fix : [fix];
  checkSpans([at], textLength);
  return {
    ruleId: meta.id,
    messageId,
    ...(extra.code === undefined ? {} : { code: extra.code }),
    ...(extra.alias === undefined ? {} : { alias: extra.alias }),
    message: message(messageId),
    severity,
    span: at,
    related: related.map((other) => ({ message: message(other.messageId, other.data), span: other.span })),
    tags: meta.tags ?? [],
    fixes: drafts.map((draft) => makeFix(draft, message(draft.title, draft.data), textLength)),
    ...(impact ? { impact } : {}),
    ...(meta.isCustom ? { customRule: meta } : {}),
  };
}

function adviceOn<MessageId extends string>(
  { advice }: RuleMeta<MessageId>,
  messageId: MessageId,
): readonly FixDraft<MessageId>[] {
  const title = advice?.[messageId];
  return title === undefined ? [] : [{ title, safety: 'manual' }];
}

function makeFix(draft: FixDraft<string>, title: string, textLength: number): Fix {
  const edits = draft.safety === 'manual' ? [] : sortEdits(draft.edits ?? []);
  checkSpans(
    edits.map((edit) => edit.span),
    textLength,
  );
  return {
    title,
    safety: draft.safety,
    edits,
    ...(draft.isolation === undefined ? {} : { isolation: draft.isolation }),
  };
}

/** Checks that spans are inside the text, sorted, and do not overlap. */
function checkSpans(spans: readonly Span[], textLength: number): void {
  let position = 0;
  for (const { start, end } of spans) {
    if (!(start >= position && end >= start && end <= textLength)) {
      throw new RangeError(`span ${start}–${end} overlaps another or lies outside the text`);
    }
    position = end;
  }
}

/** By position, then by rule: the order is the same in every run. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.ruleId, b.ruleId),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
