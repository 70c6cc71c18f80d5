import type { Stage } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';
import { packageCommand } from './packageCommand';

/**
 * Commands that full Debian language images get from buildpack-deps and slim images lack
 * (docker-library/buildpack-deps, Dockerfiles of bookworm and trixie, 2026-08), with the package that contains them.
 */
export const FULL_ONLY: Readonly<Record<string, string>> = {
  autoconf: 'autoconf',
  automake: 'automake',
  bzip2: 'bzip2',
  bzr: 'brz',
  c99: 'gcc',
  cc: 'gcc',
  convert: 'imagemagick',
  curl: 'curl',
  file: 'file',
  'g++': 'g++',
  gcc: 'gcc',
  git: 'git',
  gpg: 'gnupg',
  hg: 'mercurial',
  identify: 'imagemagick',
  make: 'make',
  mysql_config: 'default-libmysqlclient-dev',
  patch: 'patch',
  pg_config: 'libpq-dev',
  'pkg-config': 'pkg-config',
  ps: 'procps',
  scp: 'openssh-client',
  ssh: 'openssh-client',
  'ssh-keyscan': 'openssh-client',
  svn: 'subversion',
  top: 'procps',
  unzip: 'unzip',
  wget: 'wget',
  xz: 'xz-utils',
};

/** Commands of a JDK that a JRE lacks, and build tools that need a JDK. */
const JDK_ONLY = new Set([
  'gradle',
  'gradlew',
  'jar',
  'javac',
  'jcmd',
  'jdeps',
  'jlink',
  'jmap',
  'jps',
  'jshell',
  'jstack',
  'jstat',
  'mvn',
  'mvnw',
]);

/** Packages that install several of these commands at once. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'build-essential': ['gcc', 'g++', 'make'],
};

/**
 * The first command of the stages that a slim image lacks and no earlier step installs; undefined when there is none.
 */
export function missingInSlim(stages: readonly Stage[]): string | undefined {
  const installed = new Set<string>();
  for (const command of stages
    .flatMap((stage) => stage.instructions)
    .flatMap((node) => [
      ...(node.script?.commands ?? []).map((one) => ({ name: one.name, command: one })),
      ...(node.form === 'exec'
        ? node.args.slice(0, 1).map((word) => ({ name: baseName(word.value), command: undefined }))
        : []),
    ])) {
    const install = command.command && packageCommand(command.command, ['apt-get', 'apt']);
    for (const { value } of install?.operands ?? []) {
      const name = value.split(/[=/:]/)[0] ?? '';
      for (const one of [name, ...(Object.hasOwn(GROUPS, name) ? (GROUPS[name] ?? []) : [])]) installed.add(one);
    }
    if (JDK_ONLY.has(command.name)) return command.name;
    const needed = Object.hasOwn(FULL_ONLY, command.name) ? FULL_ONLY[command.name] : undefined;
    if (needed !== undefined && !installed.has(needed)) return command.name;
    // Gems with code in C are compiled: nearly every Gemfile has one.
    if (command.command && installsGems(command.command) && !installed.has('gcc')) return 'build-essential';
    if (command.command && installsFromGit(command.command.words.map((word) => word.value)) && !installed.has('git'))
      return 'git';
  }
  return undefined;
}

/** Steps that a JDK compiles in: they fail with the JRE of the same image. */
export function needsJdk(stages: readonly Stage[]): boolean {
  return stages.some(({ instructions }) =>
    instructions.some(
      ({ keyword, script }) => keyword === 'RUN' && script?.commands.some(({ name }) => JDK_ONLY.has(name)),
    ),
  );
}

function installsGems(command: ShellCommand): boolean {
  const call = packageCommand(command, ['bundle', 'gem']);
  if (!call || (call.subcommand?.value ?? 'install') !== 'install') return false;
  return call.tool === 'bundle' || call.operands.some(({ value }) => !/^bundler(?::|$)/.test(value));
}

/** `pip install git+https://…`, `npm install git://…` call git. */
function installsFromGit(words: readonly string[]): boolean {
  return words.some((word) => /^(?:.*@\s*)?git\+(?:https?|ssh):\/\/|^git:\/\//.test(word));
}
