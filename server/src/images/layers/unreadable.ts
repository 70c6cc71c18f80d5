import { fillPlaceholders, type MessageData } from '../../l10n/placeholders';

/** An archive that cannot be read: damaged, of an unknown kind, or malicious. */
export class Unreadable extends Error {
  /** @param english the English text with its placeholders, used as the key for translation */
  constructor(
    readonly english: string,
    readonly data: MessageData = {},
  ) {
    super(fillPlaceholders(english, data));
  }
}
