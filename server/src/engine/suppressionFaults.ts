import type { DockerfileModel } from '../dockerfile/model';
import type { Span } from '../text/span';
import type { expiredSuppressionRule, suppressionReasonRule } from './builtinRules';
import type { Finding, FixDraft, ReportExtra } from './rule';
import { removeSuppression } from './suppressionEdits';
import type { SuppressedName, Suppression } from './suppressions';
import { type Expiry, hasEnded, wellFormed } from './suppressionTerms';

type Report<MessageId extends string> = (at: Span, messageId: MessageId, extra: ReportExtra<MessageId>) => Finding[];
type ExpiryMessage = keyof typeof expiredSuppressionRule.messages;

/** Findings for comments that have expired, and for malformed dates. */
export function reportExpiries(
  dockerfile: DockerfileModel,
  suppressions: readonly Suppression[],
  today: string | undefined,
  report: Report<ExpiryMessage>,
): Finding[] {
  const reportOne = (suppression: Suppression, name: SuppressedName | undefined, expiry: Expiry | undefined) => {
    if (!expiry) return [];
    if (expiry.endsOn === undefined) return reportMalformed(expiry, report);
    if (!hasEnded(expiry, today)) return [];
    const edit = removeSuppression(dockerfile, suppression, name ? [name] : [], name);
    const fix: FixDraft<ExpiryMessage>[] = edit ? [{ title: 'remove', safety: 'unsafe', edits: [edit] }] : [];
    const names = (name ? [name] : suppression.names).map((one) => one.name).join(', ');
    return report(expiry.span, names === '' ? 'expiredAll' : 'expired', {
      data: { name: names, date: expiry.endsOn },
      fix,
    });
  };
  return suppressions.flatMap((suppression) => [
    ...reportOne(suppression, undefined, suppression.terms?.expiry),
    ...suppression.names.flatMap((name) => reportOne(suppression, name, name.expiry)),
  ]);
}

function reportMalformed({ written, span }: Expiry, report: Report<ExpiryMessage>): Finding[] {
  const near = wellFormed(written);
  const fix: FixDraft<ExpiryMessage> =
    near === undefined
      ? { title: 'write', safety: 'manual' }
      : { title: 'replace', data: { near }, safety: 'unsafe', edits: [{ span, newText: near }] };
  return report(span, 'malformed', { data: { date: written }, fix });
}

/** Findings for comments that give no reason. */
export function reportReasonless(
  suppressions: readonly Suppression[],
  report: Report<keyof typeof suppressionReasonRule.messages>,
): Finding[] {
  return suppressions
    .filter(({ terms }) => terms?.reason === '')
    .flatMap(({ comment, names }) =>
      report(comment.span, 'missing', {
        fix: { title: 'add', data: { name: names.at(-1)?.name ?? comment.text }, safety: 'manual' },
      }),
    );
}
