import { dependenciesOf } from '../../app/dependencies';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isStarted, type Started, startedCommands } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { isCModule } from '../../knowledge/packageNeeds';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { type Compiler, splitCompiled } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime, staticRuntime } from './debianRuntime';
import { GO_TOOLS, type GoBuild, goBuilds, isGoBuild, madeWith } from './goBuilds';
import { goRunStart } from './goRun';
import { isCalled, programsOf } from './programs';
import { releaseInBuild } from './releaseInBuild';
import { canDropRoot, ownsWorkdir, writesFiles } from './rootless';
import { isReadAtRunTime } from './runtimeFiles';
import { installedPackages } from './systemNeeds';

/** Development servers: they recompile after every file change, with the whole toolchain. */
const DEVELOPMENT = /^(?:air|reflex|gin|fresh|CompileDaemon|realize|dlv|wgo|gow|modd|nodemon)$/;

const SOURCE = anyOf(
  /\.(?:go|mod|sum|work|proto|templ)$/,
  /(?:^|\/)(?:vendor|testdata|Makefile|magefile\.go|\.air\.toml)(?:\/|$)/,
  /(?:^|\/)(?:\.golangci|\.goreleaser|Taskfile|sqlc|gqlgen|buf(?:\.gen)?)\.ya?ml(?:\/|$)/,
);

/** Go: a single binary, static if it calls no C. */
export function splitGo(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const started = startedCommands(site);
  const run = goRunStart(site, started);
  const builds = goBuilds(site);
  const server = started.commands
    .map(({ words }) => baseName(words[0]?.value ?? ''))
    .find((name) => DEVELOPMENT.test(name));
  // In a development image, the server compiles sources that are mounted.
  const isGo = stage.base.kind === 'image' && stage.base.image.name === 'golang';
  if (builds.length === 0 && run === undefined && !(isGo && server !== undefined)) return undefined;
  if (started.commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  if (server !== undefined)
    return refuse('`{program}` is a development server, which compiles while the container runs', { program: server });
  if (isGuard(run)) return run;
  const text = site.dockerfile.text.slice(stage.from.span.start, stage.instructions.at(-1)?.span.end);
  if (/-race\b|-buildmode[= ](?:plugin|c-shared|c-archive|shared)|-linkshared/.test(text))
    return refuse('the build does not produce a program');
  const isOff = /\bCGO_ENABLED[= ]"?0/.test(text);
  const usesC = /\bCGO_ENABLED[= ]"?1/.test(text) ? callsC(site) : callsC(site) && !isOff;
  const made = run ? new Set([run.program]) : madeBy(site, started, builds);
  if (isGuard(made)) return made;
  const programs = run ? { artefacts: [run.program], moved: [] } : programsOf(site, started, made, () => true);
  if (isGuard(programs)) return programs;
  const release = usesC ? releaseInBuild(site) : { site };
  if (isGuard(release)) return release;
  const dropsRoot = canDropRoot(site);
  const writes = writesFiles(site);
  const owns = writes && ownsWorkdir(site);
  const tools = new Set(
    builds
      .filter(({ isTool }) => isTool)
      .flatMap(({ outputs }) => outputs ?? [])
      .map(baseName),
  );
  return splitCompiled(release.site, {
    language: 'Go',
    kindOf: (command, node) => goKind(site, command, node, tools),
    ...programs,
    ...(run
      ? {
          isReplaced,
          epilogue: usesC || isOff ? run.build : run.build.map((line) => line.replace('RUN ', 'RUN CGO_ENABLED=0 ')),
          start: run.start,
        }
      : {}),
    ...(release.buildImage === undefined ? {} : { buildImage: release.buildImage }),
    isSource: (path) => isGoSource(site, path),
    isRead: (path) => isReadAtRunTime(site, path),
    isBuildVariable,
    libraries: [],
    needsItsLibc: usesC,
    alpinePackages: zonesOnAlpine(site),
    // A module may connect to a server even if the address is not in the sources.
    checksCertificates: dependenciesOf(site).some(({ ecosystem }) => ecosystem === 'go'),
    generates: stage.instructions.some((node) =>
      node.script?.commands.some((command) => generates(site, command, node)),
    ),
    ownsWorkdir: owns,
    writesElsewhere: writes && !owns,
    runtimeImage: (needs) =>
      usesC ? dynamicRuntime(release.site, needs, 'base', dropsRoot) : staticRuntime(site, needs, dropsRoot),
    ...(usesC || isOff ? {} : switchedOff(site)),
    risk: usesC
      ? phrase('A library that the program loads at run time must be in the final image.')
      : phrase('Go resolves host and user names itself, without the C library.'),
  });
}

/** A `go build` whose result nothing starts: the program is built at the end of the stage. */
function isReplaced({ form, script }: Instruction): boolean {
  return (
    form === 'shell' &&
    (script?.commands.every(
      (command) => command.words[1]?.value === 'build' && isGoBuild(command) && command.redirects.length === 0,
    ) ??
      false)
  );
}

/**
 * Without cgo the program needs no C library. CGO_ENABLED=0 is set where the program is built, or for the whole stage
 * if something else calls Go.
 */
function switchedOff({ stage }: Site): Pick<Compiler, 'prelude' | 'edits'> {
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const isElsewhere = runs.some(({ form, script }) =>
    script?.commands.some((command) => command.name === 'make' || (form !== 'shell' && isGoBuild(command))),
  );
  if (isElsewhere) return { prelude: ['ENV CGO_ENABLED=0'] };
  return { edits: withoutC };
}

/** Sets CGO_ENABLED=0 for each build of a RUN that does not set it itself. */
export function withoutC({ script }: Instruction): TextEdit[] {
  return (script?.commands ?? []).filter(isGoBuild).flatMap(({ words: [program, ...rest], assignments }) => {
    if (!program || rest.some(({ value }) => value.includes('@'))) return [];
    return assignments.some(({ name }) => name === 'CGO_ENABLED')
      ? []
      : [insertion(program.span.start, 'CGO_ENABLED=0 ')];
  });
}

function isBuildVariable(name: string, value: string): boolean {
  if (name === 'PATH')
    return value.split(':').every((part) => /^\$\{?PATH\}?$|\/go\b|\bGO(?:PATH|ROOT|BIN)\b/.test(part));
  return /^(?:GO\w*|CGO_\w+)$/.test(name) && !/^GO(?:MAXPROCS|GC|MEMLIMIT|DEBUG|TRACEBACK)$/.test(name);
}

export function goKind(
  site: Site,
  command: ShellCommand,
  node: Instruction,
  tools: ReadonlySet<string>,
): 'build' | 'check' | Guard | undefined {
  const { name, words } = command;
  if (name === 'go') {
    const subcommand = words[1]?.value ?? '';
    if (/^(?:build|install|mod|get|generate|env|work|version|clean|tool|list)$/.test(subcommand)) return 'build';
    if (/^(?:test|vet|fmt)$/.test(subcommand)) return 'check';
    const program = words.find(({ value }, index) => index > 1 && !value.startsWith('-'))?.value ?? '';
    // A program of the project may generate files. What a third-party program writes is unknown.
    return subcommand === 'run' && /^\.|\.go$/.test(program)
      ? 'build'
      : refuse('cannot determine which files `{command}` leaves behind', {
          command: words
            .slice(0, 3)
            .map(({ value }) => value)
            .join(' '),
        });
  }
  if (GO_TOOLS.test(name) || tools.has(name)) return 'build';
  if (name === 'make') return madeWith(site, node, command) ? 'build' : undefined;
  return name === 'git' ? 'build' : undefined;
}

/** True if the command may write files that the program reads. */
function generates(site: Site, command: ShellCommand, node: Instruction): boolean {
  if (command.name === 'make')
    return (
      madeWith(site, node, command)?.some((made) => made.name !== 'go' && !/^(?:echo|mkdir|rm|cd)?$/.test(made.name)) ??
      false
    );
  return command.name === 'go' ? /^(?:run|generate)$/.test(command.words[1]?.value ?? '') : false;
}

/** True if the sources call C or depend on a module that does. */
export function callsC(site: Site): boolean {
  const { context, copied } = site;
  const sources = [...new Set(copied.files.values())]
    .filter((path) => /(?<!_test)\.go$/.test(path) && !/(?:^|\/)vendor\//.test(path))
    .map((path) => context.read(path) ?? '');
  const required = dependenciesOf(site).flatMap(({ ecosystem, name }) => (ecosystem === 'go' ? [name] : []));
  // Where a RUN writes or completes go.mod, the imports name the modules.
  const modules = [...required, ...sources.flatMap(importsOf)];
  return (
    sources.some((text) => /^[ \t]*import[ \t]+"C"|^[ \t]*"C"[ \t\r]*$/m.test(text)) ||
    modules.some(isCModule) ||
    installsLibrary(site)
  );
}

/**
 * Alpine has no time zones. Images with the toolchain do: Go looks into its own directory last
 * (https://pkg.go.dev/time#LoadLocation, 2026-11).
 */
export function zonesOnAlpine(site: Site): string[] {
  const texts = sourcesOf(site)?.filter(({ path }) => path.endsWith('.go')) ?? [];
  const isNamed =
    texts.some(({ text }) => /\bLoadLocation\((?!"(?:UTC|Local)?")/.test(text)) ||
    site.stage.instructions.some(({ keyword, pairs }) => keyword === 'ENV' && pairs.some(({ name }) => name === 'TZ'));
  return isNamed && !texts.some(({ text }) => text.includes('"time/tzdata"')) ? ['tzdata'] : [];
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/"([\w.-]{1,100}\/[^"\s]{1,200})"/g)].map(([, path = '']) => path);
}

/** `libgmp-dev`, `sqlite-dev`: headers of a library that a module calls, though no table may have this module. */
export function installsLibrary({ stage, behind = [] }: Site): boolean {
  return [stage, ...behind].some(({ instructions }) =>
    installedPackages(instructions).some(
      (name) => name !== undefined && /-dev(?:[=~<>:].*)?$/s.test(name) && !OF_TOOLCHAIN.test(name),
    ),
  );
}

/** Headers that come with every compiler, and those of generators. */
const OF_TOOLCHAIN = /^(?:libc6?|linux-libc|musl|libgcc|libstdc\+\+|python[\d.]{0,5}|(?:lib)?protobuf|protoc)-/;

/** All programs of the project, and third-party tools that something starts. */
function madeBy(site: Site, started: Started, builds: readonly GoBuild[]): Set<string> | Guard {
  const made = new Set<string>();
  for (const { command, outputs, isTool } of builds) {
    if (!outputs && !isTool)
      return refuse('cannot determine where `go {subcommand}` writes its output', {
        subcommand: command.words[1]?.value ?? '',
      });
    for (const path of outputs ?? [])
      if (!isTool || isStarted(started, path) || isCalled(site, baseName(path))) made.add(path);
  }
  return made;
}

/** Files that the program needs only to be built. */
export function isGoSource(site: Site, path: string): boolean {
  return SOURCE.test(path) || isEmbedded(site, path);
}

/** `//go:embed` compiles the file into the program. */
function isEmbedded(site: Site, path: string): boolean {
  return embeddedBy(site).some((embedded) => isWithin(path, embedded));
}

const known = new WeakMap<Site, readonly string[]>();

/** Files and directories of the build context that are embedded and that nothing opens by name. */
function embeddedBy(site: Site): readonly string[] {
  let embedded = known.get(site);
  if (!embedded) {
    const texts = sourcesOf(site) ?? [];
    embedded = texts
      .filter(({ path }) => path.endsWith('.go'))
      .flatMap(({ path, text }) => {
        const folder = path.slice(0, path.lastIndexOf('/') + 1);
        return [...text.matchAll(/^\/\/go:embed\s+(.+)$/gm)].flatMap(([, patterns = '']) =>
          patterns
            .trim()
            .split(/\s+/)
            .map((pattern) => folder + embeddedPath(pattern)),
        );
      })
      .filter((one) => !texts.some(({ text }) => opens(text, one)));
    known.set(site, embedded);
  }
  return embedded;
}

/** `"all:static/*"` → `static`: the path up to the first component with a wildcard. */
function embeddedPath(pattern: string): string {
  const plain = pattern.replaceAll('"', '').replace(/^all:/, '');
  const open = plain.search(/[*?[]/);
  return (open < 0 ? plain : plain.slice(0, plain.lastIndexOf('/', open) + 1)).replace(/\/$/, '');
}

/** True if the program also reads the path at run time, by its name. */
function opens(text: string, path: string): boolean {
  const calls = text.matchAll(
    /\b(?:os\.(?:Open|ReadFile|DirFS)|ParseFiles|ParseGlob|LoadHTMLGlob|http\.Dir)\(\s{0,4}["`]([^"`\n]{1,200})/g,
  );
  return [...calls].some(([, named = '']) => named.replace(/^\.\//, '').startsWith(path));
}
