import { secretsOfRoot } from '../commands/secretMounts';
import { cachesByVariable } from '../commands/toolCaches';
import type { Instruction } from '../dockerfile/model';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { wordList } from '../text/wordList';
import { absolutePath, copyTarget, workdirAt } from './copiedFiles';
import { baseFacts } from './effectiveUser';
import { filesOf, filesWrittenBy } from './filesOfRuns';
import { isOnlyRead } from './onlyReadCopies';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

/** RUNs whose files the program may have to change: they must run as its user. */
export interface Leftovers {
  /** All RUNs from this one on run as the user; undefined when root may run all of them. */
  readonly from: Instruction | undefined;
  /** Absolute paths of files that root's RUNs write by name: each can change its owner separately. */
  readonly files: readonly string[];
  /** A RUN that leaves such files but cannot run as the user. */
  readonly problem: string | undefined;
  /** The start command compiles, installs or keeps a cache among the sources. */
  readonly buildsAtStart: boolean;
}

/** Tools that maintain several files of a project: a later RUN has to change the files of an earlier one. */
type Family = 'node' | 'deno' | 'jvm' | 'dotnet' | 'mix' | 'php' | 'rust' | 'go' | 'uv' | 'make';

const FAMILIES: Readonly<Record<Family, RegExp>> = {
  node: wordList`
    npm npx yarn yarnpkg pnpm pnpx bun bunx node next nuxt nuxi vite nest ng tsc prisma turbo nx gulp grunt webpack
    parcel gatsby astro expo vue-cli-service
  `,
  deno: /^deno$/,
  jvm: /^(?:mvn|mvnw|gradle|gradlew|sbt|lein)$/,
  dotnet: /^dotnet$/,
  mix: /^(?:mix|elixir|iex|rebar3)$/,
  php: /^(?:composer|php|artisan)$/,
  rust: /^(?:cargo|rustup|trunk|dx)$/,
  go: /^(?:go)$/,
  uv: /^(?:uv|pdm)$/,
  make: /^(?:make|cmake|gcc|g\+\+|cc|clang|ninja)$/,
};

/** Start commands that compile, install or keep a cache among the sources: the user must own everything there. */
const BUILDS_AT_START: readonly (readonly [Family, RegExp])[] = [
  [
    'node',
    anyOf(
      /\b(?:react-scripts|react-app-rewired|craco|vite|vue-cli-service|ng serve|nest (?:start|build)|next(?: |$|"))/,
      /\b(?:nuxi?t?(?: |$)|webpack|parcel|gatsby|astro|remix|svelte-kit|rollup|tsup|tsc|esbuild|expo|quasar|ember)/,
      /\b(?:gulp|grunt|turbo|nx |lerna|prisma|sequelize|babel-node|babel |strapi|medusa|keystone|directus|hardhat)/,
      /\b(?:truffle|storybook|docusaurus|vuepress|vitepress|hexo|eleventy|npm (?:i|install|ci)\b|yarn install)/,
      /\b(?:pnpm (?:i|install)\b|bun (?:install|run build))/,
    ),
  ],
  ['jvm', /\b(?:mvn|mvnw|gradle|gradlew|sbt|lein)\b/],
  ['dotnet', /\bdotnet (?:run|watch|build|test|ef)\b/],
  ['mix', /\b(?:mix|iex -S)\b/],
  ['php', /\bcomposer\b/],
  [
    'rust',
    /\bcargo (?:r|run|watch|b|build|leptos|shuttle|lambda|loco)(?![\w-])|\b(?:trunk|dx) (?:serve|watch|build)\b/,
  ],
  ['go', /\bgo (?:run|build|test|install)\b|(?:^|[\s/"'])(?:air|reflex|CompileDaemon|gow|fresh)(?:$|[\s"'])/],
  ['uv', /\b(?:uv|pdm) run\b/],
  ['make', /(?:^|[\s;&|])(?:make|cmake|gcc|g\+\+)\b/],
];

/** Finds the RUNs of this stage that root must not run. */
export function leftoversOf(site: RunSite): Leftovers {
  const runs = site.stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const families = familiesAtStart(site);
  const buildsAtStart = families.size > 0;
  const left = new Set(
    runs.filter((run) => leavesFiles(site, run) || familiesOf(run).some((one) => families.has(one))),
  );
  if (left.size === 0) return { from: undefined, files: [], problem: undefined, buildsAtStart };
  for (const run of left) for (const family of familiesOf(run)) families.add(family);
  const from = runs.find((run) => left.has(run) || familiesOf(run).some((one) => families.has(one)));
  const later = runs.filter((run) => from && run.span.start >= from.span.start);
  const problem =
    later
      .map((run) => whatNeedsRoot(site, run) ?? changesOfRoot(site, run, later))
      .find((name) => name !== undefined) ??
    (from && isMadeByRootBehind(site, from) ? from.script?.commands.at(-1)?.name || 'RUN' : undefined);
  const files = problem === undefined || buildsAtStart ? undefined : namedFiles(site, [...left]);
  if (files) return { from: undefined, files, problem: undefined, buildsAtStart };
  return { from, files: [], problem, buildsAtStart };
}

/**
 * `chmod -R 777 .` as the user fails at the first file of root: at a program that another stage has built. So does `rm`
 * of a file that is copied into `/tmp`, where only its owner may remove it.
 */
function changesOfRoot(site: RunSite, run: Instruction, own: readonly Instruction[]): string | undefined {
  const kept = site.stage.instructions.filter(
    (copy) =>
      (copy.keyword === 'COPY' || copy.keyword === 'ADD') &&
      copy.span.start < run.span.start &&
      !copy.flags.some(({ name }) => name === 'chown') &&
      (isOnlyRead(site, copy) || !isWithin(copyTarget(copy), site.workdir)),
  );
  const made = own.flatMap(filesWrittenBy);
  const isOfRoot = (path: string): boolean =>
    !made.includes(path) && kept.some((copy) => isWithin(copyTarget(copy), path) || isWithin(path, copyTarget(copy)));
  let folder = workdirAt(run);
  for (const command of run.script?.commands ?? []) {
    const operands = readOptions(command).operands.map(({ value }) => absolutePath(value, folder));
    if (command.name === 'cd') folder = operands[0] ?? folder;
    const changed = command.name === 'rm' || command.name === 'mv' ? operands : operands.slice(1);
    if (/^(?:chmod|mv|rm)$/.test(command.name) && changed.some(isOfRoot)) return command.name;
  }
  return undefined;
}

/** The files that the RUNs leave, if all of them are named; undefined when there may be more. */
function namedFiles(site: RunSite, runs: readonly Instruction[]): string[] | undefined {
  const all = runs.map((run) => {
    const commands = (run.script?.commands ?? []).filter((command) => leaves(site, run, command));
    const areNamed = commands.length > 0 && commands.every((command) => filesOf(command).length > 0);
    return areNamed ? filesWrittenBy(run).filter((path) => liesInside(site, run, path)) : undefined;
  });
  return all.every((files) => files !== undefined) ? [...new Set(all.flat())] : undefined;
}

/**
 * True when the working directory is set only after this RUN: root would create it, and the user could not change its
 * owner.
 */
function isMadeByRootBehind({ stage, workdir }: RunSite, from: Instruction): boolean {
  const [first] = stage.instructions.filter(
    (node) =>
      node.keyword === 'WORKDIR' &&
      absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdirAt(node)) === workdir,
  );
  return first !== undefined && first.span.start > from.span.start;
}

function familiesAtStart(site: RunSite): Set<Family> {
  const text = startOf(site)
    .texts.map((one) => one.text)
    .join('\n');
  const found = new Set<Family>();
  for (const [family, pattern] of BUILDS_AT_START) if (pattern.test(text)) found.add(family);
  return found;
}

function familiesOf(run: Instruction): Family[] {
  const commands = (run.script?.commands ?? []).filter((command) => !isForWholeImage(command) && !cleansCache(command));
  return (Object.keys(FAMILIES) as Family[]).filter((family) =>
    commands.some(
      (command) =>
        (FAMILIES[family].test(command.name) && !isVersion(command.words.map(({ value }) => value))) ||
        (family === 'node' && buildsAssets(command)),
    ),
  );
}

/** Yarn and webpack, which these tasks call, also write into node_modules. */
function buildsAssets({ words }: ShellCommand): boolean {
  return words.some(({ value }) => ASSET_TASKS.test(value));
}

const ASSET_TASKS =
  /^(?:assets:(?:precompile|clean)|assets\.(?:build|deploy)|webpacker:compile|shakapacker:compile|vite:build|(?:javascript|css):build)$/;

function cleansCache({ words }: ShellCommand): boolean {
  return words[1]?.value === 'cache';
}

function isVersion(words: readonly string[]): boolean {
  return words.length === 2 && /^(?:-v|-V|--version|version)$/.test(words[1] ?? '');
}

/** `npm install -g`, `yarn global add`, `dotnet tool install -g`. */
function isForWholeImage(command: ShellCommand): boolean {
  const words = command.words.map(({ value }) => value);
  return (
    words.some((word) => /^(?:-g|--global|--location=global)$/.test(word)) ||
    words[1] === 'global' ||
    (/^(?:npm|yarn|pnpm)$/.test(command.name) && words[1] === 'config')
  );
}

/** Installs and builds whose result is only read; root still makes their changes to the system. */
const ONLY_READ = wordList`
  apt apt-get apt-key aptitude apk dnf yum microdnf zypper dpkg pip pipenv poetry conda mamba micromamba gem
  bundle bundler docker-php-ext-\w+ pecl pear install-php-extensions a2\w+ useradd adduser groupadd addgroup
  usermod groupmod chown chgrp chmod rm ln cd set export true test ls pwd which cat env date sleep locale-gen
  localedef update-locale update-ca-certificates update-alternatives ldconfig fc-cache gpg gpgconf install
  corepack uv go cargo rustup mvn mvnw gradle gradlew make cmake gcc g\+\+ cc composer java javac jar strip getent
  id uname arch grep awk find sort head xargs yes command printf echo sed mkdir touch cp mv tee tar unzip curl wget
  git setcap ssh-keyscan openssl patch playwright exit return crane nvm \. source
`;

/** For these commands, the target of their writes decides. */
const WRITES_WHERE = /^(?:printf|echo|sed|mkdir|touch|cp|mv|tee|tar|unzip|curl|wget|git|uv|composer|install)$/;

function leavesFiles(site: RunSite, run: Instruction): boolean {
  // A RUN elsewhere leaves nothing here, unless it names the folder.
  if (site.workdir !== '/' && !isWithin(workdirAt(run), site.workdir) && !run.bodyText.includes(site.workdir))
    return false;
  if (run.form === 'exec' && run.script === undefined) return true;
  return (run.script?.commands ?? []).some((command) => leaves(site, run, command));
}

function leaves(site: RunSite, run: Instruction, command: ShellCommand): boolean {
  const tool = toolOf(command).tool;
  if (isForWholeImage(command) || isVersion(command.words.map(({ value }) => value))) return false;
  if (
    command.redirects.some(
      ({ operator, target }) => operator.includes('>') && target && liesInside(site, run, target.value),
    )
  )
    return true;
  if (FAMILIES.node.test(tool)) return !isPlainNodeInstall(command);
  if (/^python[\d.]*$/.test(tool))
    return !/^-(?:m|V|-version)$/.test(command.words[1]?.value ?? '') || command.words[2]?.value === 'compileall';
  if (tool === 'bundle' || tool === 'bundler') return command.words[1]?.value === 'exec';
  if (tool === 'poetry' || tool === 'pipenv') return command.words[1]?.value === 'run';
  if (!ONLY_READ.test(tool)) return tool !== '';
  // The owner of folders that mkdir creates is changed separately.
  if (!WRITES_WHERE.test(tool) || tool === 'mkdir') return false;
  return writtenBy(command).some((path) => liesInside(site, run, path));
}

/** True for paths in the working directory, if one is set; `/` would contain everything. */
function liesInside(site: RunSite, run: Instruction, path: string): boolean {
  if (path.includes('$') || path === '/dev/null') return false;
  const absolute = absolutePath(path, workdirAt(run));
  return site.workdir !== '/' && isWithin(absolute, site.workdir);
}

/** The files that a command copies, unpacks or downloads, relative to its working directory. */
function writtenBy(command: ShellCommand): string[] {
  const options = readOptions(command);
  const operands = options.operands.map(({ value }) => value);
  switch (command.name) {
    case 'touch':
    case 'tee':
      return filesOf(command);
    case 'sed':
      return command.words.some(({ value }) => /^-i|^--in-place/.test(value)) ? operands.slice(1) : [];
    case 'cp':
    case 'mv':
    case 'install':
      return operands.slice(-1);
    case 'git':
      return operands[0] === 'clone' || options.subcommand?.value === 'clone'
        ? [operands.at(-1)?.includes('://') ? '.' : (operands.at(-1) ?? '.')]
        : [];
    case 'curl':
      return [options.option('-o', '--output')?.value ?? (options.has('-O', '--remote-name') ? '.' : '/dev/null')];
    case 'wget':
      return [
        options.option('-O', '--output-document')?.value ?? options.option('-P', '--directory-prefix')?.value ?? '.',
      ];
    case 'tar':
      return [options.option('-C', '--directory')?.value ?? folderAfter(command, '-C') ?? '.'];
    case 'unzip':
      return [options.option('-d')?.value ?? folderAfter(command, '-d') ?? '.'];
    default:
      return [];
  }
}

function folderAfter({ words }: ShellCommand, option: string): string | undefined {
  const at = words.findIndex(({ value }) => value === option);
  return at < 0 ? undefined : words[at + 1]?.value;
}

/** `npm ci`, `yarn`, `pnpm install`, `npm cache clean`: the packages are only read. */
function isPlainNodeInstall({ name, words }: ShellCommand): boolean {
  const [first = 'install', second] = words
    .slice(1)
    .map(({ value }) => value)
    .filter((value) => !value.startsWith('-'));
  if (!/^(?:npm|yarn|yarnpkg|pnpm|bun)$/.test(name)) return false;
  return (
    /^(?:install|i|ci|clean-install|add|cache|store|fetch|prune|rebuild|update|upgrade|audit|dedupe|set|import)$/.test(
      first,
    ) && second !== 'run'
  );
}

/** Tools that work the same for any user, in a folder that the user owns. */
const AS_USER = wordList`
  npm npx yarn yarnpkg pnpm pnpx bun bunx node next nuxt nuxi vite nest ng tsc prisma turbo nx gulp grunt webpack
  parcel gatsby astro expo vue-cli-service deno mvn mvnw gradle gradlew sbt lein mix elixir rebar3 dotnet cargo go make
  cmake gcc g\+\+ cc clang ninja rake rails rackup hanami bin bundle bundler composer php artisan uv pdm poetry
  pipenv python[\d.]* django-admin flask alembic hugo jekyll git mkdir touch cp mv rm ln sed echo printf cat cd
  set export true test ls pwd chmod tar unzip curl wget tee tr find xargs yes sleep env command head sort grep
  which whoami id uname arch date tail cut uniq wc awk basename dirname stat file nproc sha256sum du df
`;
const CHANGES_FILES =
  /^(?:mkdir|touch|cp|mv|rm|ln|sed|chmod|tar|unzip|curl|wget|tee|make|cmake|go|gcc|g\+\+|cc|install)$/;

/** Variables that name a folder to which the tool writes: Hex and Rebar (hexdocs.pm/mix, 2026-12). */
const HOMES: Readonly<Record<string, readonly string[]>> = { mix: ['MIX_HOME', 'HEX_HOME'], deno: ['DENO_DIR'] };

/** The part of a RUN that does not work without root: system changes, root's caches, files outside the folder. */
function whatNeedsRoot(site: RunSite, run: Instruction): string | undefined {
  // A secret can be mounted for a user that our fix creates.
  const isBound = run.flags.length > secretsOfRoot(run).length || (run.flags.length > 0 && hasReadyUser(site));
  if (isBound || !run.script || run.script.errors.length > 0 || run.heredocs.length > 0)
    return (run.script?.commands.find((one) => leaves(site, run, one)) ?? run.script?.commands.at(-1))?.name || 'RUN';
  const command = run.script.commands.find((one) => !worksForUser(site, run, one));
  return command && (command.name || 'RUN');
}

function hasReadyUser({ stage, knowledge }: RunSite): boolean {
  return baseFacts(stage, knowledge)?.readyUser !== undefined;
}

function worksForUser(site: RunSite, run: Instruction, command: ShellCommand): boolean {
  const { tool } = toolOf(command);
  const words = command.words.slice(1).map(({ value }) => value);
  if (/^(?:\[|\[\[|:|test)$/.test(command.name)) return true;
  if (command.name === '' || command.wrappers.some(({ value }) => /^(?:sudo|su)$/.test(value))) return false;
  if (!AS_USER.test(tool) || isForWholeImage(command)) return false;
  if ((tool === 'bundle' || tool === 'bundler') && words[0] !== 'exec') return false;
  if ((tool === 'poetry' || tool === 'pipenv') && words[0] !== 'run') return false;
  if (tool === 'uv' && words[0] === 'pip') return false;
  if (/^python/.test(tool) && words[0] === '-m' && /^(?:pip|venv|ensurepip)$/.test(words[1] ?? '')) return false;
  if (/^(?:make|cmake)$/.test(tool) && words.some((word) => /install/.test(word))) return false;
  const targets = command.redirects.flatMap(({ operator, target }) =>
    operator.includes('>') && target ? [target.value] : [],
  );
  const named = CHANGES_FILES.test(tool) ? words.map((word) => word.replace(/^--?[\w-]+=/, '')) : [];
  const caches = cachesByVariable(run, command).filter((folder) => !isWithin(folder, '/home'));
  // What Deno downloads is in the user's home, or in the folder that the image gives to `deno`: deno_docker (2026-07).
  const homes = (HOMES[tool] ?? []).map((name) => run.resolve(name)?.value ?? '');
  return [...targets, ...named, ...caches, ...homes].every(
    (path) =>
      !path.startsWith('/') ||
      isWithin(absolutePath(path, workdirAt(run)), site.workdir) ||
      isWithin(path, '/tmp') ||
      path === '/dev/null',
  );
}
