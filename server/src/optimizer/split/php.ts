import { absolutePath, copiedAgain, copiesOnly, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import { insideOf } from './dataCopies';
import { type LanguageKind, splitInterpreted } from './interpreted';
import { bringsNode, isNode } from './nodeBeside';
import { actsWithin } from './ownFiles';
import { runtimeImageOf, writtenImage } from './runtimeImage';
import { installedPackages } from './systemNeeds';

/** Where the official images put extensions and the settings that load them. */
const EXTENSIONS = ['/usr/local/lib/php/extensions', '/usr/local/etc/php/conf.d'];

/** PHP: a stage with compilers, Git and unzip builds extensions, Composer packages and Node.js pages. */
export function splitPhp(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const commands = runs.flatMap(({ script }) => script?.commands ?? []);
  const composer = runs.find(({ script }) => script?.commands.some(installsPackages));
  const hasExtensions = commands.some(isExtension);
  if (!composer && !hasExtensions) return undefined;
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const usesNode = commands.some(isNode);
  if (!composer && (stage.instructions.some(copiesComposer) || commands.some((command) => brings(command, COMPOSER))))
    return refuse('`composer` is copied into the image, but no RUN calls it: install the packages during the build');
  const guard = guardOf(site, hasExtensions, usesNode);
  if (guard) return guard;
  const folder = composer ? folderOf(composer) : workdirAt(stage.instructions.at(-1) ?? stage.from);
  const makesMore = usesNode || (composer !== undefined && hasOwnScripts(site, commands));
  if ((composer || usesNode) && folder === '/')
    return refuse('the program is in `/`, next to system files: give it its own WORKDIR');
  if (composer && manifestOf(site) === undefined) return refuse('composer.json is not in the build context');
  const lastBuild = runs.findLast(({ script }) => script?.commands.some((command) => phpKind(command) === 'build'));
  const isBefore = (node: Instruction) => lastBuild !== undefined && node.span.start < lastBuild.span.start;
  const outputs = makesMore ? [{ path: folder }] : composer ? [{ path: `${folder}/vendor` }] : [];
  return splitInterpreted(site, {
    language: 'PHP',
    runtimeImage,
    builderComment: phrase('Build stage: {work}', {
      work: [
        ...(hasExtensions ? [phrase('compile the extensions')] : []),
        ...(composer ? [phrase('install the packages')] : []),
        ...(usesNode ? [phrase('build the assets')] : []),
      ].reduce((one, others) => phrase('{one}, {others}', { one, others })),
    }),
    kindOf: phpKind,
    artefacts: hasExtensions ? EXTENSIONS.map((path) => ({ path })) : [],
    outputs,
    copyInFinal: (node) => {
      if (copiesComposer(node) || isOnlyManifests(site, node)) return [];
      return makesMore && isBefore(node) ? insideOf(site, node, folder) : undefined;
    },
    isInOutputs: (node, command) =>
      makesMore &&
      (command ? [command] : (node.script?.commands ?? [])).every((one) =>
        actsWithin(one, node, folder, ({ name }) => name === 'php'),
      ),
    ...(usesNode ? { epilogue: [`RUN rm -rf ${folder}/node_modules`] } : {}),
    libraries: comesWithComposer(site) ? ['php-cli'] : [],
    buildOnly: usesNode ? ['nodejs', 'npm', 'yarn', 'yarnpkg'] : [],
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0 || usesNode,
    risk: phrase('A PHP extension that only the Composer image has is missing.'),
  });
}

function guardOf(site: Site, hasExtensions: boolean, usesNode: boolean): Guard | undefined {
  const { copied } = site;
  if (hasExtensions && !isPhpImage(site))
    return refuse('the extension directory is known only for the official php images');
  if (![...copied.files.keys()].some((path) => /\.(?:php|phtml)$|\/(?:composer\.json|artisan)$/.test(path)))
    return refuse('no sources are copied: the image may be meant for development inside the container');
  const text = startLines(site).join('\n');
  const [, server] = /\bsymfony[\s",]{1,9}(serve|(?:local:)?server:start)\b/.exec(text) ?? [];
  if (server !== undefined)
    return refuse('`{name}` starts a development server, which needs all sources and packages', {
      name: `symfony ${server}`,
    });
  const scripts = (sourcesOf(site) ?? []).filter(
    ({ path }) => /\.(?:sh|bash|conf|ini)$|(?:^|\/)[^./]+$/.test(path) && text.includes(baseName(path)),
  );
  const calls = (tool: RegExp, { text: script }: { text: string }) => tool.test(script);
  const composer = [{ path: 'CMD', text }, ...scripts].find((one) => calls(/(?:^|[\s;&"'])composer[\s"',]/, one));
  if (composer)
    return refuse('{path} calls `{name}` when the container starts: install the packages in a RUN', {
      path: composer.path,
      name: 'composer',
    });
  const node = [{ path: 'CMD', text }, ...scripts].find((one) =>
    calls(/(?:^|[\s;&"'])(?:node|npm|npx|yarn)[\s"',]/, one),
  );
  return node && usesNode ? refuse('{path} starts both Node.js and PHP', { path: node.path }) : undefined;
}

function isPhpImage({ stage }: Site): boolean {
  return stage.base.kind === 'image' && baseName(stage.base.image.repository) === 'php';
}

/** The directory in which Composer runs. */
function folderOf(run: Instruction): string {
  const moved = run.script?.commands.find(({ name }) => name === 'cd')?.words[1]?.value;
  return absolutePath(moved ?? '.', workdirAt(run));
}

function manifestOf({ copied, context }: Site): string | undefined {
  const path = [...copied.files].find(([target]) => target.endsWith('/composer.json') && !target.includes('/vendor/'));
  return path && context.read(path[1]);
}

/** Composer scripts may write anywhere in the program's directory, and packages may be installed outside of vendor/. */
function hasOwnScripts(site: Site, commands: readonly ShellCommand[]): boolean {
  const json = manifestOf(site) ?? '';
  const runsScripts = commands.some(
    (command) => composerWords(command).length > 0 && !command.words.some(({ value }) => value === '--no-scripts'),
  );
  return (
    (runsScripts && /"(?:post|pre)-(?:install|autoload|update|root|create)/.test(json)) ||
    /"vendor-dir"|"bin-dir"|"installer-paths"/.test(json)
  );
}

/**
 * Debian's composer package depends on PHP, so PHP is missing in a stage without Composer. The php images have their
 * own PHP and refuse Debian's.
 */
function comesWithComposer(site: Site): boolean {
  const { stage } = site;
  if (isPhpImage(site)) return false;
  const packages = installedPackages(stage.instructions);
  return (
    packages.includes('composer') &&
    !packages.some((name) => /^php(?:[\d.]+)?(?:-cli|-fpm)?$|^libapache2-mod-php/.test(name ?? ''))
  );
}

function copiesComposer(node: Instruction): boolean {
  const from = node.flags.find(({ name }) => name === 'from')?.value ?? '';
  return node.keyword === 'COPY' && /(?:^|\/)composer(?:\/composer)?(?::|@|$)/.test(from);
}

function isOnlyManifests(site: Site, node: Instruction): boolean {
  // Programs also read composer.json, which comes with the sources.
  const again = copiedAgain(site.stage, node, site.context);
  const isAgain = (path: string) => [...again].some((source) => path.endsWith(`/${source}`));
  return copiesOnly(
    node,
    site.context,
    (path) =>
      /\/(?:composer\.lock|package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|vite\.config\.[jt]s)$/.test(path) ||
      (path.endsWith('/composer.json') && isAgain(path)),
  );
}

function installsPackages(command: ShellCommand): boolean {
  const [first, second] = composerWords(command);
  return first === 'composer' && /^(?:install|update|require|create-project)$/.test(second ?? '');
}

/** `composer install` for both `composer --no-dev install` and `php -d memory_limit=-1 /usr/bin/composer install`. */
function composerWords({ name, words }: ShellCommand): readonly string[] {
  const script = name === 'php' ? words.findIndex(({ value }) => /(?:^|\/)composer(?:\.phar)?$/.test(value)) : 0;
  const isOption = ({ value }: Word, index: number) => value.startsWith('-') || words[index]?.value === '-d';
  const own = script > 0 && words.slice(1, script).every(isOption) ? words.slice(script) : words;
  const [tool, ...others] = own.map(({ value }) => value);
  if (!/(?:^|\/)composer(?:\.phar)?$/.test(tool ?? '')) return [];
  return ['composer', ...others.filter((word) => !word.startsWith('-'))];
}

function isExtension({ name }: ShellCommand): boolean {
  return /^(?:docker-php-(?:ext-(?:install|configure|enable)|source)|pecl|pear|phpize)$/.test(name);
}

const COMPOSER = /getcomposer\.org|composer(?:-setup|-installer)?\.(?:php|phar)|^\/usr\/(?:local\/)?bin\/composer$/;
/** Symfony's command and where its installer puts it: https://symfony.com/download (2026-11). */
const SYMFONY = /get\.symfony\.com\/cli\/installer|\/\.symfony[\d*]{0,3}\/bin\/symfony$/;

/** Downloads a tool or moves it to its place. */
function brings(command: ShellCommand, tool: RegExp): boolean {
  const item = command.chain.items[command.itemIndex];
  const words = (item?.commands ?? [command]).flatMap((one) => one.words);
  return words.some(({ value }) => tool.test(value));
}

function phpKind(command: ShellCommand): LanguageKind | Guard | undefined {
  const { name } = command;
  const [tool, subcommand, script] = composerWords(command);
  // What an install runs, too.
  if (subcommand?.startsWith('run') && /^(?:pre|post)-(?:install|update|autoload-dump)(?:-cmd)?$/.test(script ?? ''))
    return 'build';
  if (tool !== undefined)
    return subcommand === 'global'
      ? refuse("`composer global` installs programs in root's home directory: require them in composer.json")
      : /^(?:test|run|run-script|exec|check)$/.test(subcommand ?? '')
        ? refuse('cannot determine what `{command}` does', { command: `composer ${subcommand}` })
        : 'build';
  if (isExtension(command)) return 'install';
  if (isNode(command) || bringsNode(command) || brings(command, COMPOSER) || brings(command, SYMFONY)) return 'build';
  if (/^(?:phpunit|phpstan|pint|php-cs-fixer)$/.test(name)) return 'check';
  return /^(?:php|a2(?:en|dis)(?:mod|site|conf)|phpenmod|phpdismod|install-php-extensions)$/.test(name)
    ? 'stay'
    : undefined;
}
