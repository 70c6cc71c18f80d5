import type { DockerfileModel } from './model';

/** Tests whether an offset is in the lines of a heredoc, delimiters included. We do not format those. */
export function heredocLines({ instructions, text }: DockerfileModel): (offset: number) => boolean {
  const spans = instructions.flatMap((node) =>
    [...node.heredocs, ...(node.trigger?.heredocs ?? [])].map(({ content }) => {
      const end = text.indexOf('\n', content.end);
      return { start: content.start, end: end < 0 ? text.length : end };
    }),
  );
  return (offset) => spans.some(({ start, end }) => start <= offset && offset <= end);
}
