import type { DockerfileModel } from '../dockerfile/model';
import type { Span } from '../text/span';
import type { unusedSuppressionRule } from './builtinRules';
import type { Finding, FixDraft, ReportExtra } from './rule';
import type { RuleNames } from './ruleNames';
import { removeSuppression } from './suppressionEdits';
import type { Suppressed } from './suppressions';

type MessageId = keyof typeof unusedSuppressionRule.messages;

/** Findings for comments of ours that silence nothing, as far as that is certain. */
export function reportUnused(
  dockerfile: DockerfileModel,
  names: RuleNames,
  unused: Suppressed['unused'],
  /** False while a rule (undefined: any) may have kept silent for another reason. */
  hasAnswered: (ruleId: string | undefined) => boolean,
  report: (at: Span, messageId: MessageId, extra: ReportExtra<MessageId>) => readonly Finding[],
): Finding[] {
  const certain = unused.filter(({ name }) => (name && name.ruleId === undefined) || hasAnswered(name?.ruleId));
  const unusedNames = certain.flatMap(({ name }) => (name ? [name] : []));
  return certain.flatMap(({ suppression, name }) => {
    const edit = removeSuppression(dockerfile, suppression, unusedNames, name);
    const remove = (title: MessageId): FixDraft<MessageId>[] =>
      edit ? [{ title, safety: 'safe', edits: [edit] }] : [];
    if (!name) return report(suppression.comment.span, 'unusedAll', { fix: remove('removeAll') });
    if (name.ruleId !== undefined)
      return report(name.span, 'unused', { data: { name: name.name }, fix: remove('remove') });
    const nearest = names.nearestTo(name.name);
    if (nearest === undefined)
      return report(name.span, 'unknown', { data: { name: name.name }, fix: remove('remove') });
    const replacement: FixDraft<MessageId> = {
      title: 'replace',
      safety: 'unsafe',
      edits: [{ span: name.span, newText: nearest }],
    };
    return report(name.span, 'unknownNearest', {
      data: { name: name.name, nearest },
      fix: [...remove('remove'), replacement],
    });
  });
}
