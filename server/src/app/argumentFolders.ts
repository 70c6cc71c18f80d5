import type { Stage } from '../dockerfile/model';
import { mentionsVariable } from '../dockerfile/variables';
import { escapePattern } from '../text/pattern';
import { absolutePath, workdirAt } from './copiedFiles';

/**
 * Replaces working directories in a line by the build arguments that name them, because a build may set other values.
 * Only for arguments for which `isSet` is true.
 */
export function byArgument({ instructions }: Stage, line: string, isSet = (_argument: string) => true): string {
  return instructions.reduce((written, node) => {
    const [{ text = '' } = {}] = node.keyword === 'WORKDIR' ? node.args : [];
    const [argument] = instructions.flatMap((arg) =>
      arg.keyword === 'ARG' ? arg.pairs.filter(({ name }) => mentionsVariable(text, name)) : [],
    );
    const value = node.expand(text) ?? '';
    if (!argument || !isSet(argument.name) || (!value.startsWith('/') && workdirAt(node) !== '/')) return written;
    const folder = new RegExp(`(?<=\\s)${escapePattern(absolutePath(value, '/'))}(?=/|\\s|$)`, 'g');
    return written.replace(folder, () => (value.startsWith('/') ? text : `/${text}`));
  }, line);
}
