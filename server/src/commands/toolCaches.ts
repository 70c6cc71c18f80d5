import { inheritedInstructions, lineage } from '../dockerfile/lineage';
import type { Instruction } from '../dockerfile/model';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';

/** A folder in which a package manager or a compiler reuses what it has downloaded or compiled. */
export interface ToolCache {
  readonly folder: string;
  /** It contains the dependencies themselves, not just copies of them. */
  readonly isStore: boolean;
}

/** The folder that a tool uses as root, with `~` for the home folder; a function where it depends on the image. */
type Place = string | ((run: Instruction) => string | undefined);

interface Row {
  readonly tool: RegExp;
  /** Matches the first word that is not an option. */
  readonly subcommand: RegExp;
  readonly place: Place;
  /** Variables that move it elsewhere, and the path to append to their value. */
  readonly variables: Readonly<Record<string, string>>;
  /** A variable that turns it off. */
  readonly off?: string;
  readonly isStore?: boolean;
}

/** The location of caches by tool: from each tool's own documentation, 2026-11. */
const ROWS: readonly Row[] = [
  {
    tool: /^pip$/,
    subcommand: /^(?:install|wheel|download)$/,
    place: '~/.cache/pip',
    variables: { PIP_CACHE_DIR: '' },
    off: 'PIP_NO_CACHE_DIR',
  },
  {
    tool: /^uv$/,
    subcommand: /^(?:sync|pip)$/,
    place: '~/.cache/uv',
    variables: { UV_CACHE_DIR: '' },
    off: 'UV_NO_CACHE',
  },
  {
    tool: /^poetry$/,
    subcommand: /^(?:install|sync)$/,
    // Its folder also has the virtual environments.
    place: '~/.cache/pypoetry/artifacts',
    variables: { POETRY_CACHE_DIR: '/artifacts' },
  },
  {
    tool: /^bun$/,
    subcommand: /^(?:install|i|ci)$/,
    place: '~/.bun/install/cache',
    variables: { BUN_INSTALL_CACHE_DIR: '', BUN_INSTALL: '/install/cache' },
  },
  {
    tool: /^npm$/,
    subcommand: /^(?:ci|install|i|clean-install)$/,
    place: '~/.npm',
    variables: { npm_config_cache: '', NPM_CONFIG_CACHE: '' },
  },
  {
    tool: /^yarn$/,
    subcommand: /^install$/,
    place: '/usr/local/share/.cache/yarn',
    variables: { YARN_CACHE_FOLDER: '' },
  },
  {
    tool: /^pnpm$/,
    subcommand: /^(?:install|i)$/,
    place: '~/.local/share/pnpm/store',
    variables: { PNPM_HOME: '/store' },
  },
  {
    tool: /^go$/,
    subcommand: /^(?:mod|get|list|build|install|test|vet|run|generate)$/,
    place: (run) => (/(?:^|\/)golang$/.test(baseOf(run)) ? '/go/pkg/mod' : '~/go/pkg/mod'),
    variables: { GOMODCACHE: '', GOPATH: '/pkg/mod' },
    isStore: true,
  },
  {
    tool: /^go$/,
    subcommand: /^(?:build|install|test|vet|run|generate)$/,
    place: '~/.cache/go-build',
    variables: { GOCACHE: '' },
  },
  {
    tool: /^cargo$/,
    subcommand: /^(?:build|b|cook|fetch|install|test|t|check|c|clippy|run|r)$/,
    place: (run) =>
      /(?:^|\/)(?:rust|cargo-chef)$/.test(baseOf(run)) ? '/usr/local/cargo/registry' : '~/.cargo/registry',
    variables: { CARGO_HOME: '/registry' },
    isStore: true,
  },
  {
    tool: /^composer$/,
    subcommand: /^(?:install|i|update)$/,
    // In other images it depends on system folders.
    place: (run) => (/(?:^|\/)composer$/.test(baseOf(run)) ? '/tmp/cache' : undefined),
    variables: { COMPOSER_CACHE_DIR: '', COMPOSER_HOME: '/cache' },
  },
  {
    tool: /^mvnw?$/,
    subcommand: /./,
    // The mount would hide settings that are copied into the folder.
    place: (run) => (isNamed(run, '/.m2') ? '~/.m2/repository' : '~/.m2'),
    variables: {},
    isStore: true,
  },
  {
    tool: /^gradlew?$/,
    subcommand: /./,
    place: (run) => {
      const home = /(?:^|\/)gradle$/.test(baseOf(run)) ? '/home/gradle' : '~';
      return isNamed(run, '/.gradle') ? `${home}/.gradle/caches` : `${home}/.gradle`;
    },
    variables: { GRADLE_USER_HOME: '' },
    isStore: true,
  },
  {
    tool: /^dotnet$/,
    subcommand: /^(?:restore|build|publish|test|run|pack)$/,
    place: '~/.nuget/packages',
    variables: { NUGET_PACKAGES: '' },
    isStore: true,
  },
];

/** A tool, and its first word that is not an option. */
export interface ToolCall {
  readonly tool: string;
  readonly subcommand: string;
}

export function toolCall(command: ShellCommand): ToolCall {
  const { subcommand, operands } = readOptions(command);
  const tool = toolName(command);
  // `cargo chef cook` compiles, `cargo chef prepare` does not.
  const isChef = tool === 'cargo' && subcommand?.value === 'chef';
  return { tool, subcommand: (isChef ? operands[0] : (subcommand ?? operands[0]))?.value ?? '' };
}

/** The caches that a command uses, given the home folder of the user who runs it; only those in a known location. */
export function toolCaches(run: Instruction, command: ShellCommand, call: ToolCall, home: string): ToolCache[] {
  return ROWS.filter((row) => row.tool.test(call.tool) && row.subcommand.test(call.subcommand)).flatMap((row) => {
    const written = placeOf(run, command, row)?.replace(/^~(?=\/)/, home);
    return written !== undefined && /^\/[\w./-]+$/.test(written)
      ? [{ folder: written.replace(/\/$/, ''), isStore: row.isStore ?? false }]
      : [];
  });
}

/** The folders for its caches that variables of the file set for a command, whoever runs it. */
export function cachesByVariable(run: Instruction, command: ShellCommand): string[] {
  const { tool, subcommand } = toolCall(command);
  return ROWS.filter((row) => row.tool.test(tool) && row.subcommand.test(subcommand)).flatMap(({ variables }) =>
    Object.entries(variables).flatMap(([name, behind]) => {
      const value = settingIn(run, command, name) ?? '';
      return value.startsWith('/') ? [value + behind] : [];
    }),
  );
}

function placeOf(run: Instruction, command: ShellCommand, { place, variables, off }: Row): string | undefined {
  if (off !== undefined && !/^(?:0|off|false|no|n|f)$/i.test(settingIn(run, command, off) ?? '0')) return undefined;
  for (const [name, behind] of Object.entries(variables)) {
    const own = settingIn(run, command, name);
    if (own !== undefined) return own === '' ? undefined : own + behind;
  }
  return typeof place === 'string' ? place : place(run);
}

/**
 * The value of a variable: set by the command, its script or the file. Empty when unknown, undefined when it is not
 * set.
 */
function settingIn(run: Instruction, command: ShellCommand, name: string): string | undefined {
  const own = command.assignments.find((one) => one.name === name);
  if (own) return own.value ?? '';
  if (exportsOf(run).has(name)) return '';
  const set = run.resolve(name);
  return set && (set.value ?? '');
}

const known = new WeakMap<Instruction, ReadonlySet<string>>();

/** Names that a script sets with `export A=1` and the like. */
function exportsOf(run: Instruction): ReadonlySet<string> {
  let names = known.get(run);
  if (!names) {
    const words = (run.script?.commands ?? []).flatMap((command) => command.words);
    names = new Set(words.flatMap(({ value }) => /^(\w+)=/.exec(value)?.[1] ?? []));
    known.set(run, names);
  }
  return names;
}

/** `mvnw` for `sh ./mvnw package` as well as for `./mvnw package`. */
function toolName(command: ShellCommand): string {
  const { tool, words } = toolOf(command);
  const script = /^(?:ba|da)?sh$/.test(tool) ? baseName(words[1]?.value ?? '') : '';
  return /^(?:mvnw|gradlew)$/.test(script) ? script : tool;
}

/** The image at the bottom of the stage and the stages that it is built FROM. */
function baseOf({ stage }: Instruction): string {
  const base = stage && lineage(stage)[0]?.base;
  return base?.kind === 'image' ? base.image.repository : '';
}

/** True when an instruction of the stage adds files to a folder of this name or removes some. */
function isNamed({ stage }: Instruction, folder: string): boolean {
  return (stage ? inheritedInstructions(stage) : []).some(
    ({ keyword, bodyText }) => /^(?:COPY|ADD|RUN)$/.test(keyword) && bodyText.includes(folder),
  );
}
