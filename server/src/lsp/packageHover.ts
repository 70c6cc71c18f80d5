import type { Instruction } from '../dockerfile/model';
import { broughtBy, bytesOf, PACKAGE_SOURCE, recommendedBytes } from '../knowledge/packageSizes';
import { systemInstall } from '../rules/shared/systemPackages';
import { aboutBytes } from '../text/byteText';
import type { Span } from '../text/span';

/** What a package under the cursor brings along; undefined for other words, and for packages that are not known. */
export function packageHover(
  node: Instruction,
  offset: number,
): { readonly markdown: string; readonly span: Span } | undefined {
  for (const command of node.script?.commands ?? []) {
    const call = systemInstall(command);
    if (!call || (call.tool !== 'apt-get' && call.tool !== 'apt')) continue;
    const word = call.operands.find(({ span }) => span.start <= offset && offset <= span.end);
    const name = word?.value.replace(/[=/:].*$/, '');
    const brought = name === undefined ? undefined : broughtBy(name);
    if (!word || name === undefined || !brought) continue;
    const more = recommendedBytes(name);
    const lines = [
      `**${name}** · ${aboutBytes(bytesOf(brought))} on Debian's slim image`,
      brought.length > 1
        ? `It brings ${brought.length - 1} other packages along.`
        : 'It needs nothing that is not there.',
      ...(more > 1_000_000 ? [`Without \`--no-install-recommends\` ${aboutBytes(more)} more.`] : []),
      `*Installed size. Source: ${PACKAGE_SOURCE}*`,
    ];
    return { markdown: lines.join('\n\n'), span: word.span };
  }
  return undefined;
}
