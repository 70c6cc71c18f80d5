import { fillPlaceholders, type MessageData } from '../l10n/placeholders';
import type { RuleMeta } from './rule';

/** A template in another language; undefined keeps the rule's English. */
export type Translate = (ruleId: string, messageId: string) => string | undefined;

/** The message with its `{placeholders}` filled; one without data stays as written. */
export function formatMessage(
  meta: RuleMeta,
  messageId: string,
  data: MessageData | undefined,
  translate: Translate | undefined,
): string {
  if (!Object.hasOwn(meta.messages, messageId)) throw new Error(`no message \`${messageId}\``);
  const template = translate?.(meta.id, messageId) ?? meta.messages[messageId] ?? '';
  return fillPlaceholders(template, data ?? {});
}
