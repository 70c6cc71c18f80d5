import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { isBuiltOn } from '../../app/imageUse';
import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { startLines } from '../../app/start/startLines';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { baseName, isWithin } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import type { Split } from './compose';
import { insideOf } from './dataCopies';
import { type LanguageKind, splitInterpreted } from './interpreted';
import { libraryRisk } from './libraryRisk';
import { bringsNode, isNode } from './nodeBeside';
import { actsWithin } from './ownFiles';
import { gemLibraries, gemsOf } from './rubyGems';
import { runtimeImageOf, writtenImage } from './runtimeImage';
import { installedPackages } from './systemNeeds';

/** Where the official images put gems and the settings of `bundle config`. */
const BUNDLE = '/usr/local/bundle';

const NODE_PACKAGES = ['nodejs', 'npm', 'yarn', 'yarnpkg'];

/** Ruby with Bundler: the full image compiles gems and assets, and the slim one gets the result. */
export function splitRuby(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const commands = runs.flatMap(({ script }) => script?.commands ?? []);
  const install = runs.findLast(({ script }) => script?.commands.some(isBundleInstall));
  if (!commands.some((command) => rubyKind(command) === 'install')) return undefined;
  if (stage.base.kind !== 'image' || baseName(stage.base.image.repository) !== 'ruby')
    return refuse('the gem directory is known only for the official ruby images');
  if (isBuiltOn(site)) return refuse('nothing is started, so other images may be built from this one');
  const folders = install ? gemFolders(install, commands) : [BUNDLE];
  if (isGuard(folders)) return folders;
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const gems = gemsOf(site);
  const libraries = gemLibraries(site, gems);
  if (isGuard(libraries)) return libraries;
  const build = runs.findLast(({ script }) => script?.commands.some(buildsProgram));
  const workdir = build ? workdirAt(build) : '/';
  if (build && workdir === '/') return refuse('the program is in `/`, next to system files: give it its own WORKDIR');
  const isBefore = (node: Instruction) => build !== undefined && node.span.start < build.span.start;
  const usesNode = commands.some(isNode);
  const hasNode = usesNode || installedPackages(stage.instructions).some((name) => NODE_PACKAGES.includes(name ?? ''));
  const onRequest = hasNode ? compilesOnRequest(site, gems) : undefined;
  if (onRequest) return onRequest;
  // ExecJS looks for a JavaScript runtime when it is loaded.
  const needsNode = (gems.has('execjs') && !gems.has('mini_racer')) || startsNode(site);
  return splitInterpreted(site, {
    language: 'Ruby',
    runtimeImage,
    builderComment: build
      ? phrase('Build stage: install the gems and build the app')
      : phrase('Build stage: install the gems'),
    kindOf: rubyKind,
    artefacts: folders.filter((path) => !build || !isWithin(path, workdir)).map((path) => ({ path })),
    outputs: build ? [{ path: workdir }] : [],
    copyInFinal: (node) => (isBefore(node) ? insideOf(site, node, workdir) : undefined),
    isInOutputs: (node, command) => {
      const all = command ? [command] : (node.script?.commands ?? []);
      return isBefore(node) && all.every((one) => actsWithin(one, node, workdir, (tool) => rubyKind(tool) === 'stay'));
    },
    ...(usesNode && !needsNode ? { epilogue: [`RUN rm -rf ${workdir}/node_modules`] } : {}),
    libraries,
    buildOnly: build && !needsNode ? NODE_PACKAGES : [],
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0,
    risk: libraryRisk(site, runtimeImage),
  });
}

/** Gems that call Node.js for each changed page, unless Rails or Rack runs in production. */
const BUNDLES_ON_REQUEST = ['webpacker', 'shakapacker', 'vite_rails', 'vite_ruby'];

/** Why the running program needs Node.js and all packages of the build. */
export function compilesOnRequest(site: Site, gems = gemsOf(site)): Guard | undefined {
  const bundler = BUNDLES_ON_REQUEST.find((name) => gems.has(name));
  return bundler === undefined || isProduction(site.stage)
    ? undefined
    : refuse('in development, `{name}` compiles the pages with Node.js when they are requested', { name: bundler });
}

/** Without a setting, Rails and Rack run in development; assets that the build compiles are for production. */
function isProduction(stage: Stage): boolean {
  const last = stage.instructions.at(-1);
  const set = last?.resolve('RAILS_ENV') ?? last?.resolve('RACK_ENV');
  if (set) return set.value !== 'development' && set.value !== 'test';
  return stage.instructions.some(({ keyword, bodyText }) =>
    keyword === 'RUN'
      ? /:(?:pre)?compile\b|\bvite:build\b/.test(bodyText)
      : /^(?:CMD|ENTRYPOINT)$/.test(keyword) &&
        /\bR(?:AILS|ACK)_ENV=(?!dev|test)|(?:-e|--environment)[\s",=]+(?!dev|test)\w/.test(bodyText),
  );
}

/** Directories where Bundler puts gems, including those that its settings name. */
function gemFolders(install: Instruction, commands: readonly ShellCommand[]): string[] | Guard {
  const global = commands.find(
    (command) => isBundler(command) && command.words.some(({ value }) => value === '--global'),
  );
  if (global) return refuse("`bundle config --global` writes to root's home directory: use --local or ENV");
  if (install.resolve('BUNDLE_APP_CONFIG') ?? install.resolve('GEM_HOME'))
    return refuse('gems are installed in a directory other than the default one of the image');
  const path = pathOf(install, commands);
  if (path === undefined) return [BUNDLE];
  const folder = absolutePath(path, workdirAt(install));
  return isWithin(folder, BUNDLE) ? [BUNDLE] : [BUNDLE, folder];
}

/** BUNDLE_PATH, `--path x`, `bundle config set path x`; `deployment` means vendor/bundle. */
function pathOf(install: Instruction, commands: readonly ShellCommand[]): string | undefined {
  const variable = install.resolve('BUNDLE_PATH')?.value;
  if (variable !== undefined) return variable;
  let isDeployment = /^(?:1|true)$/.test(install.resolve('BUNDLE_DEPLOYMENT')?.value ?? '');
  for (const command of commands.filter(isBundler)) {
    const words = command.words.map(({ value }) => value);
    const option = readOptions(command).option('--path')?.value;
    if (option !== undefined) return option;
    const at = words.indexOf('path');
    if (words[1] === 'config' && at > 0) return words[at + 1];
    isDeployment ||= words.some((word) => /^(?:--)?deployment$/.test(word)) && !words.includes('false');
  }
  return isDeployment ? 'vendor/bundle' : undefined;
}

function isBundler({ name }: ShellCommand): boolean {
  return name === 'bundle' || name === 'bundler';
}

function isBundleInstall(command: ShellCommand): boolean {
  return isBundler(command) && (command.words.length === 1 || command.words[1]?.value === 'install');
}

/** True if a start command or health check names Node.js, or if pages are built each time the container starts. */
function startsNode(site: Site): boolean {
  const checks = site.stage.instructions.filter(({ keyword }) => keyword === 'HEALTHCHECK');
  const builds = startedCommands(site).commands.some(({ words }) =>
    words.some(({ value }) => value === 'assets:precompile'),
  );
  return (
    builds ||
    [...startLines(site), ...checks.map(({ bodyText }) => bodyText)].some((line) =>
      /(?:node|npm|yarn|foreman|webpack|bin\/dev)\b/.test(line),
    )
  );
}

/** False for `npm install -g yarn` with its `npm cache clean`, which only install a tool. */
function buildsProgram(command: ShellCommand): boolean {
  const isTool =
    bringsNode(command) ||
    (isNode(command) && command.words.some(({ value }) => /^(?:-g|--global|global|cache|config|set)$/.test(value)));
  return rubyKind(command) === 'build' && !isTool;
}

function rubyKind(command: ShellCommand): LanguageKind | undefined {
  const { name, words } = command;
  const subcommand = words[1]?.value ?? '';
  if (name === 'gem') return 'install';
  // Only `gem install` reads it.
  if (command.redirects.some(({ target }) => /(?:^|\/)\.?gemrc$/.test(target?.value ?? ''))) return 'setting';
  if (
    isNode(command) ||
    bringsNode(command) ||
    words.some(({ value }) =>
      /^(?:assets|webpacker|vite|shakapacker):(?:precompile|compile|build|yarn_install)$/.test(value),
    )
  )
    return 'build';
  if (isBundler(command)) {
    if (/^(?:install|check|config|update|clean|package|cache|lock|add)$/.test(subcommand) || words.length === 1)
      return 'install';
    return /^(?:rspec|rubocop|brakeman)$/.test(words[2]?.value ?? '') ? 'check' : 'stay';
  }
  if (/^(?:rspec|rubocop|brakeman)$/.test(name)) return 'check';
  // Bootsnap's cache is only valid for the path that it was made in.
  return /^(?:ruby|rails|rake|irb|bootsnap)$/.test(name) ? 'stay' : undefined;
}
