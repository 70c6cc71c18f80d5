import { packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import { type Ecosystem, type PackageNeeds, packageNeeds } from '../../knowledge/packageNeeds';
import type { Localize } from '../../l10n/localize';
import type { Explanation } from './explanation';

const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  pip: 'pypi',
  pip3: 'pypi',
  uv: 'pypi',
  npm: 'npm',
  yarn: 'npm',
  pnpm: 'npm',
  gem: 'gem',
};

/** What a package of PyPI, npm or RubyGems needs from the image; undefined for other words and for packages without needs. */
export function languagePackageHover(node: Instruction, offset: number, localize: Localize): Explanation | undefined {
  for (const command of node.script?.commands ?? []) {
    const call = packageCommand(command, Object.keys(ECOSYSTEMS));
    const ecosystem = call && ECOSYSTEMS[call.tool];
    if (!call || !ecosystem || !/^(?:install|i|add|pip)$/.test(call.subcommand?.value ?? '')) continue;
    const word = call.operands.find(({ span }) => span.start <= offset && offset <= span.end);
    const [name] = /^(?:@[\w.-]+\/)?[\w.-]+/.exec(word?.value ?? '') ?? [];
    const needs = name === undefined ? undefined : packageNeeds(ecosystem, name);
    const lines = needs ? linesOf(needs, localize) : [];
    if (!word || name === undefined || !needs || lines.length === 0) continue;
    const source = localize('Source: {source}, {date}', { source: needs.source ?? '', date: needs.date ?? '' });
    return { markdown: [`**${name}**`, ...lines, `*${source}*`].join('\n\n'), span: word.span };
  }
  return undefined;
}

function linesOf(needs: PackageNeeds, localize: Localize): string[] {
  const { programs = [], headers = [], debian = [], alpine = [], wheels } = needs;
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const newest = Object.entries(wheels ?? {}).slice(-3);
  return [
    ...(programs.length > 0 ? [localize('Calls: {programs}', { programs: code(programs) })] : []),
    ...(headers.length > 0 ? [localize('Compiled on Debian with: {packages}', { packages: code(headers) })] : []),
    ...(debian.length > 0 ? [localize('Needs on Debian: {packages}', { packages: code(debian) })] : []),
    ...(alpine.length > 0 ? [localize('Needs on Alpine: {packages}', { packages: code(alpine) })] : []),
    ...(newest.length > 0
      ? [
          localize('First version with wheels: {versions}', {
            versions: newest.map(([minor, version]) => `${version} (Python 3.${minor})`).join(', '),
          }),
        ]
      : []),
  ];
}
