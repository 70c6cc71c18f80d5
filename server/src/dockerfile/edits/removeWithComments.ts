import type { TextEdit } from '../../text/edits';
import type { DockerfileModel, Instruction } from '../model';
import { startWithComments } from './startWithComments';

/** Removes an instruction with its lines and the comments above it. */
export function removeWithComments({ text }: DockerfileModel, { span }: Instruction): TextEdit {
  const end = text.indexOf('\n', span.end) + 1;
  return { span: { start: startWithComments(text, span.start), end: end === 0 ? text.length : end }, newText: '' };
}
