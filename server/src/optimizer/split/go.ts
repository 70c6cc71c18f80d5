import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startWords } from '../../commands/startProgram';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { splitCompiled, workdirAtEnd } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime, staticRuntime } from './debianRuntime';
import { canDropRoot } from './rootless';

/** Modules that call C, or do nothing useful without it. */
const CGO_MODULES =
  /\b(?:github\.com\/(?:mattn\/go-sqlite3|confluentinc\/confluent-kafka-go|libgit2\/git2go|h2non\/bimg|davidbyttow\/govips|otiai10\/gosseract|google\/gopacket|gen2brain|veandco|go-gl|bytecodealliance\/wasmtime-go|godror\/godror|ibmdb|marcboeker\/go-duckdb|rwcarlsen\/goexif|DataDog\/zstd|tecbot\/gorocksdb|linxGnu\/grocksdb|gordonklaus\/portaudio|containers\/image|miekg\/pkcs11)|gocv\.io|gopkg\.in\/(?:gographics\/imagick|rethinkdb))\b/;

interface GoBuild {
  readonly command: ShellCommand;
  readonly run: Instruction;
}

/** Go: one binary, static wherever no C is called. */
export function splitGo(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const builds = stage.instructions.flatMap((run) =>
    (run.keyword === 'RUN' ? (run.script?.commands ?? []) : [])
      .filter(isBuild)
      .map((command): GoBuild => ({ command, run })),
  );
  if (builds.length === 0) return undefined;
  const text = site.dockerfile.text.slice(stage.from.span.start, stage.instructions.at(-1)?.span.end);
  if (/-race\b|-buildmode[= ](?:plugin|c-shared|c-archive|shared)|-linkshared/.test(text))
    return refuse('the build makes something else than a program');
  const isOff = /\bCGO_ENABLED[= ]"?0/.test(text);
  const usesC = /\bCGO_ENABLED[= ]"?1/.test(text) || callsC(site);
  if (isOff && usesC) return refuse('C is called where CGO is switched off');
  const dropsRoot = canDropRoot(site);
  const caches = cachesOf(site);
  const isAlpine = site.facts.distro === 'alpine';
  if (usesC && isAlpine) return refuse('the program is linked against the C library of Alpine');
  const programs = programsOf(site, builds);
  if (isGuard(programs)) return programs;
  return splitCompiled(site, {
    language: 'Go',
    kindOf: goKind,
    ...programs,
    isSource: (path) =>
      /\.(?:go|mod|sum|work|proto)$|(?:^|\/)(?:vendor|Makefile|\.golangci\.ya?ml|\.air\.toml|\.goreleaser\.ya?ml|magefile\.go|Taskfile\.ya?ml|testdata)(?:\/|$)/.test(
        path,
      ) || isEmbedded(site, path),
    isBuildVariable: (name) =>
      /^(?:GO\w*|CGO_\w+)$/.test(name) && !/^GO(?:MAXPROCS|GC|MEMLIMIT|DEBUG|TRACEBACK)$/.test(name),
    libraries: [],
    caches: (run) => (run.script?.commands.some(isBuild) ? caches : []),
    runtimeImage: (needs) => (usesC ? dynamicRuntime(site, needs, 'base', dropsRoot) : staticRuntime(needs, dropsRoot)),
    ...(usesC || isOff ? {} : { prelude: ['ENV CGO_ENABLED=0'] }),
    risk: usesC
      ? phrase('A library that the program loads while it runs has to be in the final image.')
      : phrase('Names of hosts and users are looked up by Go itself, without the C library.'),
  });
}

/** What Go compiled before; modules too, where no step of its own fetches them. */
function cachesOf({ stage }: Site): string[] {
  const text = stage.instructions
    .map((node) => node.script?.commands.map(({ words }) => words.map(({ value }) => value).join(' ')).join('\n') ?? '')
    .join('\n');
  const user = stage.instructions.some(({ keyword }) => keyword === 'USER');
  if (
    user ||
    stage.instructions.some(
      (node) =>
        node.keyword === 'ENV' && node.pairs.some(({ name }) => /^(?:GOCACHE|GOMODCACHE|GOPATH|HOME)$/.test(name)),
    )
  )
    return [];
  return /\bgo (?:mod|get)\b/.test(text) ? ['/root/.cache/go-build'] : ['/root/.cache/go-build', '/go/pkg/mod'];
}

function isBuild({ name, words }: ShellCommand): boolean {
  return name === 'go' && /^(?:build|install)$/.test(words[1]?.value ?? '');
}

function goKind(command: ShellCommand): 'build' | 'check' | Guard | undefined {
  if (command.name === 'go') {
    const subcommand = command.words[1]?.value ?? '';
    if (/^(?:build|install|mod|get|generate|env|work|version|clean|tool)$/.test(subcommand)) return 'build';
    return /^(?:test|vet|fmt)$/.test(subcommand)
      ? 'check'
      : refuse('what `{command}` does is not known', { command: `go ${subcommand}` });
  }
  if (command.name === 'strip' || command.name === 'gofmt' || command.name === 'upx') return 'build';
  return command.name === 'git' ? 'build' : undefined;
}

/** The sources call C, or depend on a module that does. */
function callsC({ context }: Site): boolean {
  for (const path of context.files.keys()) {
    if (
      path.endsWith('.go') &&
      !path.endsWith('_test.go') &&
      /^[ \t]*import[ \t]+"C"|^[ \t]*"C"[ \t\r]*$/m.test(context.read(path) ?? '')
    )
      return true;
    if (path.endsWith('go.mod') && CGO_MODULES.test(context.read(path) ?? '')) return true;
  }
  return false;
}

/** The binaries that are started or may be. */
interface Programs {
  readonly artefacts: readonly string[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** A guard where they are not known. */
function programsOf(site: Site, builds: readonly GoBuild[]): Programs | Guard {
  const start = startWords(site.stage);
  if (!start) return refuse('what is started is not known');
  const paths: string[] = [];
  for (const build of builds) {
    const path = outputOf(site, build);
    if (path === undefined)
      return refuse('where `go {subcommand}` puts its result is not known', {
        subcommand: build.command.words[1]?.value ?? '',
      });
    paths.push(path);
  }
  const artefacts = [...new Set(paths)];
  const [program = ''] = start;
  if (program.includes('/')) {
    const started = absolutePath(program, workdirAtEnd(site.stage.instructions));
    const isThere = artefacts.includes(started) || site.copied.files.has(started);
    return isThere ? { artefacts, moved: [] } : refuse('`{program}` is not what the build makes', { program });
  }
  if (!artefacts.some((path) => path.split('/').pop() === program))
    return refuse('`{program}` is not what the build makes', { program });
  // The final image has no /go/bin on its PATH.
  const isOnPath = (path: string) => /^\/usr\/(?:local\/)?s?bin\/|^\/s?bin\//.test(path);
  const moved = artefacts
    .filter((path) => path.startsWith('/go/bin/'))
    .map((from) => ({ from, to: `/usr/local/bin/${from.slice(8)}` }));
  const kept = artefacts.filter((path) => !path.startsWith('/go/bin/'));
  return kept.every(isOnPath)
    ? { artefacts: kept, moved }
    : refuse('`{program}` is looked up on a PATH that the final image does not have', { program });
}

function outputOf(site: Site, { command, run }: GoBuild): string | undefined {
  const words = command.words.map(({ value }) => value);
  if (command.words.some((word) => !word.isStatic && word.value.includes('/')) && words.includes('-o'))
    return undefined;
  if (run.script?.commands.some(({ name }) => name === 'cd')) return undefined;
  const workdir = workdirAt(run);
  const at = words.findIndex((word) => word === '-o' || word.startsWith('-o='));
  const packages = readOptions(command)
    .operands.map(({ value }) => value)
    .filter((value) => /^(?:\.|[\w-]+\/|[\w-]+\.go$)/.test(value) && value !== words[at + 1]);
  const name = nameOf(site, packages.at(-1), workdir);
  if (words[1] === 'install')
    return name === undefined || words.some((word) => word.includes('@')) ? undefined : `/go/bin/${name}`;
  const output = at < 0 ? undefined : words[at]?.startsWith('-o=') ? words[at]?.slice(3) : words[at + 1];
  if (output === undefined) return name === undefined ? undefined : absolutePath(name, workdir);
  if (output.includes('$')) return undefined;
  if (output.endsWith('/') || output === '.')
    return name === undefined ? undefined : absolutePath(`${output}/${name}`, workdir);
  return absolutePath(output, workdir);
}

/** The name that Go gives a binary: of the package's folder, or of the module for its root. */
function nameOf(site: Site, path: string | undefined, workdir: string): string | undefined {
  if (path?.endsWith('.go')) return path.split('/').pop()?.slice(0, -3);
  const folder = path === undefined || /^\.\/?$/.test(path) ? '' : path.replace(/^\.\/|\/$/g, '');
  if (folder.includes('...')) return undefined;
  if (folder !== '') return folder.split('/').pop();
  const manifest = site.copied.files.get(absolutePath('go.mod', workdir));
  const module = manifest && /^module\s+(\S+)/m.exec(site.context.read(manifest) ?? '')?.[1];
  return module
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .pop();
}

/** `//go:embed` puts the file into the program. */
function isEmbedded({ context }: Site, path: string): boolean {
  const [top = ''] = path.split('/');
  for (const source of context.files.keys()) {
    if (!source.endsWith('.go') || source.includes('/')) continue;
    for (const [, patterns = ''] of (context.read(source) ?? '').matchAll(/^\/\/go:embed\s+(.+)$/gm)) {
      const embeds = patterns.split(/\s+/).some((pattern) => pattern.replace(/^all:/, '').split('/')[0] === top);
      // Read at run time as well, by its name.
      if (
        embeds &&
        !new RegExp(`(?:Open|ReadFile|ParseFiles|ParseGlob|Dir|Stat)\\(\\s*["\`]\\.?/?${escapePattern(top)}`).test(
          context.read(source) ?? '',
        )
      )
        return true;
    }
  }
  return false;
}
