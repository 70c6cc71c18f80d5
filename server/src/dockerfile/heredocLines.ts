import type { DockerfileModel } from './model';

/** Says of an offset whether it lies in the lines of a heredoc, their delimiters included: no layout of ours there. */
export function heredocLines({ instructions, text }: DockerfileModel): (offset: number) => boolean {
  const spans = instructions.flatMap((node) =>
    [...node.heredocs, ...(node.trigger?.heredocs ?? [])].map(({ content }) => {
      const end = text.indexOf('\n', content.end);
      return { start: content.start, end: end < 0 ? text.length : end };
    }),
  );
  return (offset) => spans.some(({ start, end }) => start <= offset && offset <= end);
}
