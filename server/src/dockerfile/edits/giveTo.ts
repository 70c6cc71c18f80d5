import { insertion, type TextEdit } from '../../text/edits';
import type { Instruction } from '../model';

/**
 * Gives what a COPY or ADD brings to a user. With --link it knows no names, for it is made without the image below: that
 * option goes.
 */
export function giveTo(copy: Instruction, owner: string): TextEdit[] {
  const at = copy.keywordSpan.end;
  const chown = insertion(at, ` --chown=${owner}`);
  const link = /^\d+(?::\d+)?$/.test(owner) ? undefined : copy.flags.find(({ name }) => name === 'link');
  return link ? [chown, { span: { start: link.span.start, end: link.span.end + 1 }, newText: '' }] : [chown];
}
