import { fillPlaceholders, type MessageData } from '../../l10n/placeholders';

/** An archive that cannot be read: damaged, of an unknown kind, or made to harm. */
export class Unreadable extends Error {
  /** @param english the text with its placeholders, for a translation */
  constructor(
    readonly english: string,
    readonly data: MessageData = {},
  ) {
    super(fillPlaceholders(english, data));
  }
}
