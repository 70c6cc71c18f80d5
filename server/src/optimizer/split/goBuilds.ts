import { folderOf } from '../../app/commandFolder';
import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Instruction } from '../../dockerfile/model';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { baseName, isWithin } from '../../text/paths';
import { commandsOfTarget } from './makefile';

/** A `go build` or `go install`, and the files that it writes. */
export interface GoBuild {
  readonly command: ShellCommand;
  /** Undefined if they are unknown. */
  readonly outputs: readonly string[] | undefined;
  /** A third-party program that is downloaded: `go install example.com/tool@v1`. */
  readonly isTool: boolean;
}

export function isGoBuild({ name, words }: ShellCommand): boolean {
  return name === 'go' && /^(?:build|install)$/.test(words[1]?.value ?? '');
}

/** Programs that write or inspect Go sources. */
export const GO_TOOLS = /^(?:strip|gofmt|upx|protoc|swag|templ|sqlc|wire|mockgen|buf|golangci-lint)$/;

/** Before Go 1.18, `go get` installed programs into /go/bin. */
function isGoCall({ name }: ShellCommand): boolean {
  return name === 'go' || GO_TOOLS.test(name);
}

/** All builds of a stage in order, including those in a Makefile. */
export function goBuilds(site: Site): GoBuild[] {
  return site.stage.instructions.flatMap((run) =>
    (run.keyword === 'RUN' ? (run.script?.commands ?? []) : []).flatMap((command) => {
      if (isGoBuild(command)) return [buildOf(site, run, command, folderOf(run, command))];
      const folder = folderOf(run, command);
      return (madeWith(site, run, command, folder) ?? [])
        .filter(isGoBuild)
        .map((made) => buildOf(site, run, made, folder));
    }),
  );
}

/** The commands that `make` runs, if the Makefile builds with Go. */
export function madeWith(
  site: Site,
  run: Instruction,
  command: ShellCommand,
  folder = folderOf(run, command),
): ShellCommand[] | undefined {
  if (command.name !== 'make' || folder === undefined) return undefined;
  const targets = command.words.slice(1).filter(({ value }) => !/^-|=/.test(value));
  const at = command.words.findIndex(({ value }) => value === '-C');
  if (at >= 0) return undefined;
  const file = ['GNUmakefile', 'makefile', 'Makefile']
    .map((name) => site.copied.files.get(absolutePath(name, folder)))
    .find((path) => path !== undefined);
  const text = file === undefined ? undefined : site.context.read(file);
  if (text === undefined) return undefined;
  const commands = (targets.length === 0 ? [undefined] : targets.map(({ value }) => value)).map((target) =>
    commandsOfTarget(text, target),
  );
  if (commands.some((one) => one === undefined)) return undefined;
  const all = commands.flatMap((one) => one ?? []);
  return all.some(isGoCall) ? all : undefined;
}

function buildOf(site: Site, run: Instruction, command: ShellCommand, folder: string | undefined): GoBuild {
  const { option, operands: given } = readOptions(command);
  const operands = given.map(({ text }) => run.expand(text) ?? (text.includes('$') ? undefined : text));
  const isInstall = command.words[1]?.value === 'install';
  const isTool = isInstall && operands.some((one) => one?.includes('@'));
  const unknown = { command, outputs: undefined, isTool };
  const packages = operands.flatMap((one) => one ?? []);
  if (folder === undefined || option('-C') || packages.length < operands.length) return unknown;
  const names = namesOf(site, packages, folder);
  if (!names) return unknown;
  if (isInstall) {
    const bin = goBin(run, command);
    return bin === undefined ? unknown : { command, outputs: names.map((name) => `${bin}/${name}`), isTool };
  }
  const areFiles = packages.length > 0 && packages.every((one) => one.endsWith('.go'));
  const isOne = areFiles || (packages.length < 2 && !packages[0]?.includes('...'));
  const output = option('-o');
  // Without -o, a build of several packages discards the results.
  if (!output) return { command, outputs: isOne ? names.map((name) => absolutePath(name, folder)) : [], isTool };
  const written = run.expand(output.value ?? '') ?? '';
  if (written === '' || written.includes('$')) return unknown;
  const path = absolutePath(written, folder);
  const isFolder = written.endsWith('/') || path === folder || !isOne;
  return { command, outputs: isFolder ? names.map((name) => absolutePath(name, path)) : [path], isTool };
}

/** The directory that `go install` writes programs to. */
function goBin(run: Instruction, { assignments }: ShellCommand): string | undefined {
  const valueOf = (name: string): string | undefined | null => {
    const own = assignments.find((one) => one.name === name);
    if (own) return own.value;
    const set = run.resolve(name);
    return set === undefined ? null : set.value;
  };
  const bin = valueOf('GOBIN');
  if (bin !== null) return bin;
  const path = valueOf('GOPATH');
  return path === undefined ? undefined : `${path ?? '/go'}/bin`;
}

/** The names that Go gives to the programs of packages or files; undefined if they are unknown. */
function namesOf(site: Site, operands: readonly string[], folder: string): string[] | undefined {
  const files = operands.filter((one) => one.endsWith('.go') && !one.includes('@'));
  if (files.length > 0) {
    const [first = ''] = files;
    const plain = first.includes('*') ? firstMatch(site, absolutePath(first, folder)) : first;
    return plain === undefined ? undefined : [baseName(plain).replace(/\.go$/, '')];
  }
  const names: string[] = [];
  for (const one of operands.length === 0 ? ['.'] : operands) {
    const found = one.includes('@') ? [toolName(one)] : packagesOf(site, one, folder);
    if (!found || found.includes(undefined)) return undefined;
    names.push(...found.flatMap((name) => name ?? []));
  }
  return names;
}

function firstMatch({ copied }: Site, pattern: string): string | undefined {
  const folder = pattern.slice(0, pattern.lastIndexOf('/') + 1);
  return [...copied.files.keys()]
    .filter((path) => path.startsWith(folder) && /^[^/]+(?<!_test)\.go$/.test(path.slice(folder.length)))
    .sort()[0];
}

/** `swag` of `github.com/swaggo/swag/cmd/swag@latest`, `migrate` of `…/migrate/v4/cmd/migrate@v4`. */
function toolName(path: string): string | undefined {
  return importName(path.split('@')[0] ?? '');
}

function importName(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1);
  return last !== undefined && /^v\d+$/.test(last) && parts.length > 1 ? parts.at(-2) : last;
}

function packagesOf(site: Site, operand: string, folder: string): (string | undefined)[] | undefined {
  const module = moduleOf(site, folder);
  const isOwn = module !== undefined && isWithin(operand, module.name);
  if (!/^\.{0,2}\/|^\.{1,2}$/.test(operand) && !isOwn) {
    // Without modules, packages are below /go/src.
    const isKnown = [...site.copied.files.keys()].some((path) => path.startsWith(`/go/src/${operand}/`));
    return isKnown || /^[\w.-]+\.[a-z]+\//.test(operand) ? [importName(operand)] : undefined;
  }
  const path =
    isOwn && module
      ? absolutePath(`./${operand.slice(module.name.length)}`, module.folder)
      : absolutePath(operand, folder);
  if (!path.includes('...')) return [programName(site, path)];
  const root = path.slice(0, path.indexOf('...')).replace(/\/$/, '');
  const folders = new Set<string>();
  for (const [target, source] of site.copied.files) {
    if (!target.startsWith(`${root}/`) || !/(?<!_test)\.go$/.test(target)) continue;
    if (
      /^package\s+main\b/m.test(site.context.read(source) ?? '') &&
      !/^\/\/(?:go:build|\s*\+build)\s+ignore/m.test(site.context.read(source) ?? '')
    )
      folders.add(target.slice(0, target.lastIndexOf('/')));
  }
  return [...folders].sort().map((one) => programName(site, one));
}

/** The module's name for its root directory, the directory's name for every other one. */
function programName(site: Site, folder: string): string | undefined {
  const module = moduleOf(site, folder);
  return module?.folder === folder ? importName(module.name) : importName(folder);
}

function moduleOf({ copied, context }: Site, start: string): { folder: string; name: string } | undefined {
  for (let folder = start; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const manifest = copied.files.get(absolutePath('go.mod', folder));
    const name = manifest === undefined ? undefined : /^module\s+"?([^\s"]+)/m.exec(context.read(manifest) ?? '')?.[1];
    if (name !== undefined) return { folder: folder === '' ? '/' : folder, name };
    if (folder === '' || folder === '/') return undefined;
  }
}
