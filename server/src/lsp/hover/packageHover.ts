import { packageName, systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { broughtBy, bytesOf, packageSource, recommendedBytes } from '../../knowledge/packageSizes';
import type { Localize } from '../../l10n/localize';
import { sizeText } from '../../text/byteText';
import type { Explanation } from './explanation';

/** What the package under the cursor adds; undefined for other words and for unknown packages. */
export function packageHover(node: Instruction, offset: number, localize: Localize): Explanation | undefined {
  for (const command of node.script?.commands ?? []) {
    const call = systemInstall(command);
    if (!call || (call.tool !== 'apt-get' && call.tool !== 'apt')) continue;
    const word = call.operands.find(({ span }) => span.start <= offset && offset <= span.end);
    const name = word && packageName(word.value);
    const brought = name === undefined ? undefined : broughtBy(name);
    if (!word || name === undefined || !brought) continue;
    const more = recommendedBytes(name);
    const lines = [
      localize("**{name}** · about {size} on Debian's slim image", { name, size: sizeText(bytesOf(brought)) }),
      othersBrought(brought.length - 1, localize),
      ...(more > 1_000_000
        ? [localize('Without `--no-install-recommends`: about {size} more.', { size: sizeText(more) })]
        : []),
      `*${localize('Installed size. Source: {source}', { source: packageSource() })}*`,
    ];
    return { markdown: lines.join('\n\n'), span: word.span };
  }
  return undefined;
}

function othersBrought(count: number, localize: Localize): string {
  if (count === 0) return localize('It needs no other packages.');
  return count === 1
    ? localize('It installs 1 other package.')
    : localize('It installs {count} other packages.', { count });
}
