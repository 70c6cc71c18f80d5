import { copiedBy, missingSource } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { type Guard, refuse } from '../transform';

/** The COPY or ADD whose files are unknown. */
export function lackingCopy({ stage, context }: Site): Guard {
  const node = stage.instructions.find(
    (one) =>
      /^(?:COPY|ADD)$/.test(one.keyword) && !one.flags.some(({ name }) => name === 'from') && !copiedBy(one, context),
  );
  const source = (node && missingSource(node, context)) ?? node?.args[0]?.value ?? '';
  const data = { keyword: node?.keyword ?? 'COPY', source };
  return /:\/\/|^git@|\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)$/.test(source)
    ? refuse('{keyword} adds `{source}`, whose files are unknown before the build', data)
    : refuse('{keyword} names `{source}`, which is not in the build context', data);
}
