import type { PackageJson } from '../../app/packageJson';
import type { PackageStart } from '../../app/start/packageStart';
import { packageCommand } from '../../commands/packageCommand';
import { programsOf } from '../../knowledge/nodePrograms';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { wordList } from '../../text/wordList';
import type { Guard } from '../transform';
import { browserInstall } from './browserInstall';
import type { LanguageKind } from './interpreted';
import { isGlobal, isInstall, MANAGERS } from './nodeManagers';
import { lineOf } from './nodeStart';

/** Programs from npm packages that compile or bundle sources. */
const BUILDERS = wordList`
  tsc nest next vite nuxt nuxi astro remix react-router react-scripts craco vue-cli-service ng gatsby webpack
  rollup esbuild swc babel tsup parcel gulp grunt turbo nx lerna prisma svelte-kit tailwindcss sass postcss
  copyfiles rimraf node
`;

/** Programs from npm packages for tests and development. */
const FOR_DEVELOPMENT = wordList`
  nodemon ts-node(?:-dev)? eslint jest mocha prettier cross-env concurrently npm-run-all node-gyp node-pre-gyp
  npm-check-updates (?:gulp|grunt)-cli typescript
`;

/** The kind of a command of Node's own tools; undefined for others. */
export function nodeKind(
  command: ShellCommand,
  json: PackageJson,
  started: PackageStart,
): LanguageKind | Guard | undefined {
  const line = lineOf(command);
  if (/^(?:node|npm|yarn|pnpm|bun|npx|corepack|tsc)\s+(?:-v|-V|--version|-h|--help)$/.test(line)) return 'check';
  const browser = browserInstall(command);
  if (browser) return browser;
  const call = packageCommand(command, MANAGERS);
  if (call) {
    if (isInstall(command)) return 'install';
    if (isGlobal(command))
      return globalKind(
        call.operands.map(({ value }) => value),
        started,
      );
    return managerKind(call.subcommand?.value ?? '', command, json);
  }
  if (command.name === 'corepack') return isCalled(['yarn', 'pnpm'], started) ? 'stay' : 'install';
  if (command.name === 'npx' || command.name === 'bunx') return 'build';
  if (/^(?:pm2|pm2-runtime)$/.test(command.name)) return 'final';
  return BUILDERS.test(command.name) ? 'build' : undefined;
}

function managerKind(subcommand: string, command: ShellCommand, json: PackageJson): LanguageKind {
  if (/^(?:cache|store|pm)$/.test(subcommand)) return 'cleanup';
  if (/^(?:config|set|c|get|policies|import|plugin)$/.test(subcommand)) return 'setting';
  if (
    /^(?:prune|rebuild|link|dedupe|ddp|pkg|version|fetch|workspaces|add|remove|install|i|uninstall|update|upgrade|autoclean)$/.test(
      subcommand,
    )
  )
    return 'install';
  if (/^(?:test|audit|lint|outdated|ls|list|why|info|view|t|check|fund)$/.test(subcommand)) return 'check';
  const script = /^(?:run|run-script)$/.test(subcommand)
    ? command.words.map(({ value }) => value).find((word, index) => index > 1 && !word.startsWith('-'))
    : subcommand;
  const isCheck = script !== undefined && /^(?:lint|test|check|typecheck|type-check|format)(?::|$)/.test(script);
  return isCheck && Object.hasOwn(json.scripts, script) ? 'check' : 'build';
}

/** Adds or changes files of the program: `cp .env.example .env`. */
export function changesProject(command: ShellCommand, folder: string): boolean {
  const writes = command.redirects
    .filter(({ operator }) => operator.includes('>'))
    .flatMap(({ target }) => target ?? []);
  const isWriter = /^(?:cp|mv|sed|ln|touch|install|tee)$/.test(command.name);
  const targets = isWriter ? [...writes, ...readOptions(command).operands.slice(-1)] : writes;
  return targets.some(({ value }) => isPathIn(value, folder));
}

/** Only changes permissions of files of the program. */
export function isInProject(command: ShellCommand, folder: string): boolean {
  const paths = readOptions(command).operands.slice(1);
  return command.name === 'chmod' && paths.length > 0 && paths.every(({ value }) => isPathIn(value, folder));
}

function isPathIn(path: string, folder: string): boolean {
  const isInside = path === folder || path.startsWith(folder === '/' ? '//' : `${folder}/`);
  return path.startsWith('/') ? isInside : path !== '' && !path.startsWith('~') && !path.startsWith('$');
}

/** Globally installed programs: they are needed at run time only if a start command calls them. */
function globalKind(operands: readonly string[], started: PackageStart): LanguageKind {
  const words = operands.filter((word) => !/^(?:add|install|i|remove|bin|list)$/.test(word));
  const programs = words.map(programsOf);
  if (programs.some((names) => names === undefined || isCalled(names, started)))
    return words.some(isManager) ? 'stay' : 'final';
  const isOther = (names: readonly string[] | undefined) =>
    !names?.some((name) => FOR_DEVELOPMENT.test(name) || BUILDERS.test(name));
  // Users may call it in the container: `docker exec web sequelize db:migrate`.
  if (!words.some(isManager) && programs.some(isOther)) return 'stay';
  // Tools that only builds need are left out of the stage that installs the production dependencies.
  return words.some(isManager) ? 'install' : 'check';
}

function isManager(word: string): boolean {
  return /^(?:npm|yarn|pnpm|corepack)(?:@|$)/.test(word);
}

/** True if a program is named in a start command or in a script that leads to one. */
export function isCalled(programs: readonly string[], { commands, managers, texts }: PackageStart): boolean {
  return programs.some(
    (name) =>
      managers.has(name) ||
      commands.some((command) => command.name === name) ||
      texts.some((text) => new RegExp(`(?:^|[\\s"'/&;|(])${name.replace(/[.]/g, '\\.')}(?:$|[\\s"'&;|)])`).test(text)),
  );
}
