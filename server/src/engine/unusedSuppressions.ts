import type { DockerfileModel } from '../dockerfile/model';
import type { Span } from '../text/span';
import type { unusedSuppressionRule } from './builtinRules';
import type { Finding, FixDraft, FixSafety, ReportExtra } from './rule';
import type { RuleNames } from './ruleNames';
import { removeSuppression } from './suppressionEdits';
import type { Suppressed, SuppressedName, Suppression, SuppressionTool } from './suppressions';

type MessageId = keyof typeof unusedSuppressionRule.messages;

/** Which unknown names are mistakes. Other tools have additional checks with ids that we do not know. */
const UNKNOWN: Readonly<Record<SuppressionTool, RegExp>> = {
  own: /(?:)/,
  hadolint: /^DL\d*$/i,
  buildkit: /^(?!InvalidBaseImagePlatform$|ExperimentalDockerfile)[a-z]+$/i,
  checkov: /^CKV2?_DOCKER_/i,
  trivy: /^(?:AVD-)?DS-?\d+$/i,
};

/** Findings for comments that suppress nothing, where that is certain. */
export function reportUnused(
  dockerfile: DockerfileModel,
  names: RuleNames,
  unused: Suppressed['unused'],
  /** False while a rule (undefined: any) may have no finding for another reason. */
  hasAnswered: (ruleId: string | undefined) => boolean,
  report: (at: Span, messageId: MessageId, extra: ReportExtra<MessageId>) => readonly Finding[],
): Finding[] {
  const isCertain = (suppression: Suppression, name: SuppressedName | undefined): boolean => {
    if (name?.ruleIds.length === 0) return UNKNOWN[suppression.tool].test(name.name);
    // `skip=all` is a decision, not a leftover.
    if (suppression.tool === 'buildkit' && name?.name.toLowerCase() === 'all') return false;
    return name ? name.ruleIds.every(hasAnswered) : hasAnswered(undefined);
  };
  const certain = unused.filter(({ suppression, name }) => isCertain(suppression, name));
  const unusedNames = certain.flatMap(({ name }) => (name ? [name] : []));
  return certain.flatMap(({ suppression, name }) => {
    // The other tool may still report something there that we do not.
    const safety: FixSafety = suppression.tool === 'own' ? 'safe' : 'unsafe';
    // A directive may contain more than its skip list.
    const edit =
      suppression.tool === 'buildkit' ? undefined : removeSuppression(dockerfile, suppression, unusedNames, name);
    const remove = (title: MessageId): FixDraft<MessageId>[] => (edit ? [{ title, safety, edits: [edit] }] : []);
    if (!name) return report(suppression.comment.span, 'unusedAll', { fix: remove('removeAll') });
    if (name.ruleIds.length > 0)
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
