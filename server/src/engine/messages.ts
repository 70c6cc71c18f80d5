import type { Localize } from '../l10n/localize';
import { say } from '../l10n/phrase';
import { fillPlaceholders } from '../l10n/placeholders';
import type { ReportData, RuleMeta } from './rule';

/** A template in another language; undefined keeps the rule's English. */
export type Translate = (ruleId: string, messageId: string) => string | undefined;

/** The user's language, for the messages of rules and the phrases in them. */
export interface Speech {
  readonly translate: Translate | undefined;
  readonly localize: Localize;
}

/** The message with its `{placeholders}` filled in; a message without data stays unchanged. */
export function formatMessage(
  meta: RuleMeta,
  messageId: string,
  data: ReportData | undefined,
  { translate, localize }: Speech,
): string {
  if (!Object.hasOwn(meta.messages, messageId)) throw new Error(`no message \`${messageId}\``);
  const template = translate?.(meta.id, messageId) ?? meta.messages[messageId] ?? '';
  if (!data || !template.includes('{')) return template;
  const said = Object.entries(data).map(
    ([name, value]) => [name, typeof value === 'object' ? say(localize, value) : value] as const,
  );
  return fillPlaceholders(template, Object.fromEntries(said));
}
