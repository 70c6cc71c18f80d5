import { normalPath, sourcesMatching } from '../../app/copiedFiles';
import { dockerignoreOf } from '../../app/ignoreFile';
import { runsAgain } from '../../app/runsAgain';
import type { Instruction } from '../../dockerfile/model';
import type { Localize } from '../../l10n/localize';
import { exactBytes } from '../../text/byteText';
import { isAt } from '../../text/span';
import type { Analysis } from '../analyses';
import type { Explanation } from './explanation';

/** How much a source of COPY or ADD brings, and what .dockerignore leaves out. */
export function pathHover(
  { buildContext, dockerfile }: Analysis,
  node: Instruction,
  offset: number,
  localize: Localize,
): Explanation | undefined {
  if (!buildContext || (node.keyword !== 'COPY' && node.keyword !== 'ADD')) return undefined;
  if (node.flags.some(({ name }) => name === 'from' || name === 'exclude')) return undefined;
  const word = node.args.slice(0, -1).find(({ span }) => isAt(span, offset));
  const source = word && node.expand(word.text);
  if (!word || source === undefined || /^(?:<<|\w+:\/\/|git@)/.test(source)) return undefined;
  const roots = sourcesMatching(normalPath(source), buildContext);
  const isMeant = (path: string) => roots.some((root) => root === '' || path === root || path.startsWith(`${root}/`));
  const ignore = dockerignoreOf(buildContext);
  const meant = [...buildContext.files].filter(([path]) => isMeant(path));
  const kept = meant.filter(([path]) => !ignore?.isIgnored(path));
  if (meant.length === 0) return undefined;
  const bytes = kept.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0);
  const unlisted = buildContext.unlisted.filter((path) => path !== '' && isMeant(path) && !ignore?.isIgnored(path));
  const again = runsAgain(dockerfile, (other) => other === node).length;
  const lines = [
    kept.length === 1
      ? localize('1 file, {size}', { size: exactBytes(bytes) })
      : localize('{count} files, {size}', { count: kept.length, size: exactBytes(bytes) }),
    ...(meant.length > kept.length
      ? [localize('Left out by .dockerignore: {count}', { count: meant.length - kept.length })]
      : []),
    ...(unlisted.length > 0
      ? [localize('Not counted: {folders}', { folders: unlisted.map((path) => `\`${path}\``).join(', ') })]
      : []),
    ...(again > 1 ? [localize('A change here runs {count} steps again', { count: again })] : []),
  ];
  return { markdown: [`**${source.replace(/[*_`]/g, '\\$&')}**`, ...lines].join('\n\n'), span: word.span };
}
