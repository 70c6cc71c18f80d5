import { workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import { type LanguageKind, splitInterpreted } from './interpreted';
import { runtimeImageOf, writtenImage } from './runtimeImage';
import { installedPackages } from './systemNeeds';

/** PHP with Composer: `vendor` is made in a stage with Composer, git and unzip, and copied. */
export function splitPhp(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const install = stage.instructions.find(
    (node) => node.keyword === 'RUN' && node.script?.commands.some((command) => phpKind(command) === 'install'),
  );
  if (!install) return undefined;
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const json = site.context.read('composer.json');
  if (json === undefined) return refuse('composer.json is not beside the Dockerfile');
  if (/"vendor-dir"|"bin-dir"/.test(json)) return refuse('composer.json puts its packages into a folder of its own');
  if (/"(?:post|pre)-(?:install|autoload|update)/.test(json)) return refuse('composer.json runs scripts of its own');
  const workdir = workdirAt(install);
  return splitInterpreted(site, {
    language: 'PHP',
    runtimeImage,
    builderComment: 'Composer installs here, with what it calls',
    kindOf: phpKind,
    artefacts: [{ path: `${workdir === '/' ? '' : workdir}/vendor` }],
    libraries: comesWithComposer(site) ? ['php-cli'] : [],
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0,
    risk: phrase('An extension of PHP that comes with Composer alone would be missing.'),
  });
}

/** Debian's Composer depends on PHP, and takes it along when it goes. */
function comesWithComposer({ stage }: Site): boolean {
  const packages = installedPackages(stage.instructions);
  return (
    packages.includes('composer') &&
    !packages.some((name) => /^php(?:[\d.]+)?(?:-cli|-fpm)?$|^libapache2-mod-php/.test(name ?? ''))
  );
}

function phpKind({ name, words }: ShellCommand): LanguageKind | Guard | undefined {
  const subcommand = words.find(({ value }, index) => index > 0 && !value.startsWith('-'))?.value ?? '';
  if (name === 'composer')
    return /^(?:install|dump-autoload|dumpautoload|config|clear-cache)$/.test(subcommand)
      ? 'install'
      : refuse('what `{command}` does is not known', { command: `composer ${subcommand}` });
  if (/^docker-php-ext-|^pecl$|^phpize$/.test(name))
    return refuse('`{name}` compiles extensions into the image', { name });
  return name === 'php' ? 'stay' : undefined;
}
