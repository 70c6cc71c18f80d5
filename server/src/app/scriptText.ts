import type { DockerfileModel, Stage } from '../dockerfile/model';
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
  const last = instructions.at(-1);
  if (!context || !last) return undefined;
  const target = absolutePath(path, workdirAt(last));
  const ofContext = copies.filter(({ flags }) => !flags.some(({ name }) => name === 'from'));
  const source = ofContext.flatMap((copy) => copiedBy(copy, context)?.get(target) ?? []).at(-1);
  return source === undefined ? undefined : context.read(source);
}
