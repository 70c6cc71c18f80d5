import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { absolutePath, copiedBy, workdirAt } from './copiedFiles';

/** The text of a script in the image, from the heredoc or the file that a COPY creates it from. */
export function scriptText(
  { text }: DockerfileModel,
  { instructions }: Stage,
  path: string,
  context: BuildContext | undefined,
): string | undefined {
  const copies = instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  const content = copies.findLast(({ args }) => args.at(-1)?.value === path)?.heredocs[0]?.content;
  if (content) return text.slice(content.start, content.end);
  const source = scriptSource(instructions, path, context)?.source;
  return source === undefined ? undefined : context?.read(source);
}

/** The file of the build context that a script in the image is a copy of, and the instruction that copies it. */
export function scriptSource(
  instructions: readonly Instruction[],
  path: string,
  context: BuildContext | undefined,
): { readonly source: string; readonly copy: Instruction } | undefined {
  const last = instructions.at(-1);
  if (!context || !last) return undefined;
  const target = absolutePath(path, workdirAt(last));
  return instructions
    .filter(({ keyword, flags }) => /^(?:COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === 'from'))
    .flatMap((copy) => {
      const source = copiedBy(copy, context)?.get(target);
      return source === undefined ? [] : [{ source, copy }];
    })
    .at(-1);
}
