import { insertion, type TextEdit } from '../../text/edits';
import type { Instruction } from '../model';

/**
 * Makes a user the owner of what a COPY or ADD adds. A name cannot be resolved with --link, which creates the layer
 * without the image below it, so that option is removed.
 */
export function giveTo(copy: Instruction, owner: string): TextEdit[] {
  const at = copy.keywordSpan.end;
  const chown = insertion(at, ` --chown=${owner}`);
  const link = /^\d+(?::\d+)?$/.test(owner) ? undefined : copy.flags.find(({ name }) => name === 'link');
  return link ? [chown, { span: { start: link.span.start, end: link.span.end + 1 }, newText: '' }] : [chown];
}
