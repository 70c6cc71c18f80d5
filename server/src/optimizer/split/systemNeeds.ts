import { dependenciesOf } from '../../app/dependencies';
import { neededPrograms, programsOfScripts, sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { type StartKind, startKind } from '../../app/start/startKind';
import { packageCommand } from '../../commands/packageCommand';
import { FULL_ONLY } from '../../commands/slimCommands';
import { packageName, systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { hasCertificates } from '../../knowledge/certificates';
import { hasAdduser } from '../../knowledge/lackingCommands';
import { hasNoPackages } from '../../knowledge/packageArchive';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { brings } from '../../knowledge/packageSizes';
import { libraryRelease } from '../../knowledge/runtimeLibraries';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { wordList } from '../../text/wordList';
import { type Guard, refuse } from '../transform';
import { ALPINE_PROGRAMS, alpineUseOf } from './alpinePackages';
import { jreOf, lackingIn, type PackageUse, TOOL_PROGRAMS, useOf } from './debianPackages';

export interface SystemNeeds {
  /** Packages that the final stage installs. */
  readonly packages: readonly string[];
  /** Packages that remain only in the build stage. */
  readonly left: readonly string[];
}

const CALLS_HTTPS = /^(?:curl|git|libcurl[34].*|wget)$/;

export interface NeedOptions {
  /** Packages that it needs in addition to those of the file. */
  readonly libraries?: readonly string[];
  /** For packages with the headers of many libraries: the libraries that the program is linked against. */
  readonly linked?: ReadonlyMap<string, readonly string[]>;
  readonly isJava?: boolean;
  /** Packages that only the build calls. */
  readonly buildOnly?: readonly string[];
  /** A program of an Alpine stage that moves to an image without Alpine. */
  readonly leavesAlpine?: boolean;
  /** The build makes the started program, so its sources show what it calls. */
  readonly startsOwnProgram?: boolean;
}

/**
 * The packages that a program needs at run time: those that the stage installs, without compilers and headers; the
 * libraries behind the headers; and programs that instructions, scripts and sources call and that the smaller image
 * lacks.
 */
export function systemNeeds(
  site: Site,
  staying: readonly Instruction[],
  {
    libraries = [],
    linked,
    isJava = false,
    buildOnly = [],
    leavesAlpine = false,
    startsOwnProgram = false,
  }: NeedOptions = {},
): SystemNeeds | Guard {
  const release = libraryRelease(site.facts);
  const { name: repository = '' } = site.stage.base.kind === 'image' ? site.stage.base.image : {};
  const isFull = site.facts.variant === 'full' || site.facts.variant === 'sdk' || site.facts.variant === 'jdk';
  const watched = new Set([
    ...TOOL_PROGRAMS,
    ...(site.facts.distro === 'alpine' ? ALPINE_PROGRAMS : []),
    ...(isFull ? [...Object.keys(FULL_ONLY), ...ADDUSER] : []),
    'gcc',
    'g++',
    'make',
    'npm',
    'pip',
    'pip3',
    'python',
    'python3',
  ]);
  // Otherwise every program of the full image would count as needed.
  if (isFull && site.copied.isComplete && !sourcesOf(site))
    return refuse('the build context has too many files to scan: list unneeded files in .dockerignore');
  const needed = neededPrograms(site, staying, watched);
  const inScripts = programsOfScripts(site);
  const isCalled = (program: string): boolean => needed.has(program) || inScripts.has(program);
  const start: StartKind = startsOwnProgram ? { kind: 'known' } : startKind(site);
  if (start.kind === 'person')
    return refuse('`{name}` is meant for interactive use in the container, so any package may be needed', {
      name: start.name,
    });
  const daemon = daemonOf(site);
  if (daemon !== undefined) return refuse('`{name}` starts a daemon with unknown requirements', { name: daemon });
  if (site.stage.instructions.some(({ script }) => script?.commands.some(isChosen)))
    return refuse('packages are installed conditionally: install them always, or in a separate stage');
  const keepsAll = start.kind === 'unknown';
  if (site.facts.distro === 'alpine')
    return leavesAlpine
      ? needsWithoutAlpine(site, needed)
      : alpineNeeds(site, isCalled, { keepsAll, buildOnly, linked });
  const wanted = new Set(
    dependenciesOf(site).flatMap(({ ecosystem, name }) => packageNeeds(ecosystem, name)?.debian ?? []),
  );
  const packages = new Set<string>(libraries);
  const left = new Set<string>();
  const removed = new Set(site.stage.instructions.flatMap(removedPackages));
  const installed = installedPackages(site.stage.instructions);
  const isForGyp =
    repository === 'node' && installed.some((name) => /^(?:build-essential|g\+\+|make)$/.test(name ?? ''));
  for (const name of installed) {
    if (name === undefined) return refuse('a variable names a package to install');
    const plain = packageName(name);
    const some = linked?.get(plain);
    const use: PackageUse | undefined = some
      ? { kind: 'headers', libraries: some }
      : isForGyp && GYP_PYTHON.test(plain)
        ? { kind: 'tool', programs: ['python', 'python3'] }
        : useOf(plain, release);
    if (!use && site.facts.distroRelease === undefined && useOf(plain, 'bookworm'))
      return refuse('the libraries of {name} depend on the release, which the image tag does not name: add it', {
        name: plain,
      });
    if (!use && hasNoPackages(site.facts)) return noPackages(site, [plain]);
    if (!use) return refuse('the runtime libraries for {name} are unknown', { name: plain });
    const jre = isJava ? jreOf(plain) : undefined;
    if (removed.has(plain)) for (const library of use.kind === 'headers' ? use.libraries : []) packages.add(library);
    else if (buildOnly.includes(plain)) left.add(plain);
    else if (jre !== undefined) packages.add(jre);
    else if (use.kind === 'runtime' || keepsAll || wanted.has(plain)) packages.add(name);
    else if (use.kind === 'tool' && use.programs.some(isCalled)) packages.add(name);
    else {
      left.add(plain);
      if (use.kind === 'headers') for (const library of use.libraries) packages.add(library);
      else if (needed.has(plain)) packages.add(plain);
    }
  }
  // The full image already had these, or compilers that the build stage keeps brought them along.
  for (const name of wanted) if (isFull || [...left].some((one) => brings(one, name))) packages.add(name);
  if (isFull)
    for (const program of needed) if (Object.hasOwn(FULL_ONLY, program)) packages.add(FULL_ONLY[program] ?? '');
  if (isFull && ADDUSER.some((name) => needed.has(name)) && !hasAdduser(site.facts)) packages.add('adduser');
  // A compiled program runs on an image of another family.
  const isThere = !startsOwnProgram && hasCertificates(repository, 'slim');
  if (!isThere && [...packages].some((name) => CALLS_HTTPS.test(name))) packages.add('ca-certificates');
  const lacking = lackingIn(site.facts.distro, [...packages]);
  if (lacking.length > 0 && hasNoPackages(site.facts)) return noPackages(site, lacking);
  return { packages: [...packages], left: [...left] };
}

const ADDUSER = ['addgroup', 'adduser'];

/** Beside a compiler, node-gyp calls it: https://github.com/nodejs/node-gyp#on-unix (2026-11). */
const GYP_PYTHON = /^(?:python[23]?|python3-minimal|python-is-python3)$/;

const DAEMONS =
  /^(?:service|systemctl|mysqld(?:_safe)?|mariadbd(?:-safe)?|postgres|pg_ctl(?:cluster)?|mongod|rabbitmq-server)$/;

/** A server with its own files in the image, started by a RUN or with the program. */
function daemonOf(site: Site): string | undefined {
  const runs = site.stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const calls = [...runs.flatMap(({ script }) => script?.commands ?? []), ...startedCommands(site).commands];
  return calls.find(({ name, words }) => DAEMONS.test(name) || words[0]?.value.startsWith('/etc/init.d/'))?.name;
}

function noPackages({ facts }: Site, packages: readonly string[]): Guard {
  return refuse('{packages} must be installed, but {release} is no longer on the package servers: use a newer image', {
    packages: [...packages.toSorted().slice(0, 5), ...(packages.length > 5 ? ['…'] : [])].join(', '),
    release: facts.distroRelease ?? '',
  });
}

/** Alpine packages that a static program does not need: other packages have different names elsewhere. */
const ONLY_TO_BUILD = wordList`
  bash binutils build-base ca-certificates(?:-bundle)? curl g\+\+ gcc git libc-dev gradle linux-headers make maven
  musl-dev openssh(?:-client)? pkgconf pkgconfig tzdata upx wget
`;

function needsWithoutAlpine({ stage }: Site, needed: ReadonlySet<string>): SystemNeeds | Guard {
  const installed = installedPackages(stage.instructions);
  const kept = installed.find((name) => name === undefined || !ONLY_TO_BUILD.test(name.replace(/[=~<>@].*$/s, '')));
  const [program] = needed;
  if (kept !== undefined || installed.includes(undefined))
    return kept === undefined
      ? refuse('a variable names a package to install')
      : refuse('cannot determine which program needs {name}', { name: kept });
  if (program !== undefined)
    return refuse('{program} is called, but the smaller image does not contain this Alpine package', { program });
  return { packages: [], left: installed.map((name) => name ?? '') };
}

function alpineNeeds(
  { stage }: Site,
  isCalled: (program: string) => boolean,
  {
    keepsAll,
    buildOnly,
    linked,
  }: { readonly keepsAll: boolean; readonly buildOnly: readonly string[]; readonly linked: NeedOptions['linked'] },
): SystemNeeds | Guard {
  const packages = new Set<string>();
  const left = new Set<string>();
  for (const node of stage.instructions) {
    const temporary = removedAgain(node);
    for (const word of installedPackages([node])) {
      if (word === undefined) return refuse('a variable names a package to install');
      const name = word.replace(/[=~<>@].*$/s, '');
      const some = linked?.get(name);
      const use: PackageUse | undefined = some ? { kind: 'headers', libraries: some } : alpineUseOf(name);
      if (!use) return refuse('the runtime libraries for {name} are unknown', { name });
      // Its libraries are installed separately where they are needed.
      if (temporary.has(name)) continue;
      if (buildOnly.includes(name)) left.add(name);
      else if (keepsAll || use.kind === 'runtime' || (use.kind === 'tool' && use.programs.some(isCalled)))
        packages.add(word);
      else left.add(name);
      if (use.kind === 'headers') for (const library of use.libraries) packages.add(library);
    }
  }
  const repository = stage.base.kind === 'image' ? stage.base.image.name : '';
  const present = Object.hasOwn(PRESENT_ON_ALPINE, repository) ? (PRESENT_ON_ALPINE[repository] ?? []) : [];
  return { packages: [...packages].filter((name) => !present.includes(name)), left: [...left] };
}

/** Packages that an image itself installs. */
const PRESENT_ON_ALPINE: Readonly<Record<string, readonly string[]>> = { node: ['libgcc', 'libstdc++'] };

/** Packages that the same RUN removes again, by name or by the name of their virtual group. */
function removedAgain(node: Instruction): ReadonlySet<string> {
  const calls = (node.script?.commands ?? []).flatMap((command) => packageCommand(command, ['apk']) ?? []);
  const removed = new Set(
    calls.filter(({ subcommand }) => subcommand?.value === 'del').flatMap(({ operands }) => operands.map(textOf)),
  );
  for (const { command, subcommand, operands } of calls) {
    const group = command.words.findIndex(({ value }) => value === '--virtual' || value === '-t');
    const name = group < 0 ? undefined : command.words[group + 1]?.value;
    if (subcommand?.value === 'add' && name !== undefined && removed.has(name))
      for (const operand of operands) removed.add(textOf(operand));
  }
  return removed;
}

function textOf({ value }: Word): string {
  return value;
}

/** True for an install that depends on an argument or on the state of the image. */
function isChosen(command: ShellCommand): boolean {
  return command.isConditional && systemInstall(command) !== undefined;
}

/** Operands of apt-get install; undefined entries have an unknown value. */
export function installedPackages(instructions: readonly Instruction[]): (string | undefined)[] {
  return instructions.flatMap((node) =>
    (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []).flatMap((command) => {
      const call = systemInstall(command);
      return call?.operands.flatMap((word) => (word.isStatic ? word.value : packagesIn(word))) ?? [];
    }),
  );
}

/** What the official PHP images put into PHPIZE_DEPS, as far as it compiles: github.com/docker-library/php (2026-11). */
const PHPIZE_DEPS = ['autoconf', 'g++', 'gcc', 'make'];

function packagesIn({ text }: Word): readonly string[] | undefined {
  return /^["']?\$\{?PHPIZE_DEPS\}?["']?$/.test(text) ? PHPIZE_DEPS : undefined;
}

/** Operands of `apt-get purge`: packages that the author has removed again. */
function removedPackages({ script }: Instruction): string[] {
  return (script?.commands ?? []).flatMap((command) => {
    const call = packageCommand(command, ['apt-get', 'apt']);
    return /^(?:purge|remove|autoremove)$/.test(call?.subcommand?.value ?? '')
      ? (call?.operands ?? []).map(textOf)
      : [];
  });
}

/** True if a third-party repository is added: its packages are not in our data. */
export function usesForeignRepository(instructions: readonly Instruction[]): boolean {
  return instructions.some((node) =>
    (node.script?.commands ?? []).some(
      (command) =>
        command.name === 'add-apt-repository' ||
        command.name === 'apt-key' ||
        command.redirects.some(({ target }) => target?.value.startsWith('/etc/apt/')) ||
        (packageCommand(command, ['apt-get', 'apt', 'dpkg'])?.operands ?? []).some(({ value }) =>
          value.endsWith('.deb'),
        ),
    ),
  );
}
