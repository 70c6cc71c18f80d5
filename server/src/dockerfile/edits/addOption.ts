import { insertion, type TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';

export function addOption(after: Word, option: string): TextEdit {
  return insertion(after.span.end, ` ${option}`);
}
