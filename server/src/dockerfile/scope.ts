import type { Span } from '../text/span';
import type { FileScope } from './instruction';
import { isFromScratch } from './lineage';
import type { Instruction, Pair, Resolved, ShellLanguage, Stage } from './model';
import { PLATFORM_ARGS } from './platformArgs';
import type { ScriptCache } from './scriptCache';
import { expandVariables, type Lookup } from './variables';

/** ARGs that every stage has without a declaration. */
const PROXY_ARGS = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

interface Definition {
  readonly instruction: Instruction;
  readonly pair: Pair;
}

/** A comment that names the shell. */
export interface ShellComment {
  readonly program: string;
  readonly span: Span;
}

export interface ScopeOptions {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly scripts: ScriptCache | undefined;
  /** Filled while the file is being read. */
  readonly globalArgs: readonly Instruction[];
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly shellComments: readonly ShellComment[];
}

/** The maximum depth of variables that refer to other variables; no one writes more. */
const MAX_DEPTH = 50;

/** Variables and shells of one file. Definitions are listed once per stage, values computed once per definition. */
export function createScope({ text, escape, scripts, globalArgs, buildArgs, shellComments }: ScopeOptions): FileScope {
  const definitions = new Map<Stage, ReadonlyMap<string, Definition[]>>();
  const values = new Map<Pair, string | undefined>();
  const shells = new Map<Stage, readonly Instruction[]>();

  const definitionsOf = (stage: Stage): ReadonlyMap<string, Definition[]> => {
    let found = definitions.get(stage);
    if (!found) {
      found = listDefinitions(stage.instructions);
      definitions.set(stage, found);
    }
    return found;
  };
  const resolve = (instruction: Instruction, name: string): Resolved | undefined => {
    const { stage } = instruction;
    if (!stage || instruction.keyword === 'FROM') return resolveGlobal(name, instruction.span.start);
    let declared: Definition | undefined;
    for (let current: Stage | undefined = stage; current; current = parentOf(current)) {
      const before = current === stage ? instruction.span.start : Number.POSITIVE_INFINITY;
      const all = definitionsOf(current).get(name) ?? [];
      const earlier = all.filter(({ instruction: { span } }) => span.start < before);
      // The last one that gives a value wins, as in BuildKit: an ARG overrides an ENV above it.
      const last = earlier.findLast(givesValue);
      if (last?.instruction.keyword === 'ENV')
        return { value: valueOf(last), definedAt: last.instruction, kind: 'env' };
      if (last) return resolveArg(last);
      declared ??= earlier.at(-1);
    }
    if (declared) return resolveArg(declared);
    return PROXY_ARGS.has(name) ? { value: undefined, kind: 'predefined' } : undefined;
  };
  /** True for an ENV, and for an ARG with a value: its own, or one from the build or from above the first FROM. */
  const givesValue = ({ instruction, pair }: Definition): boolean => {
    if (instruction.keyword === 'ENV' || pair.value !== undefined || buildArgs.has(pair.name)) return true;
    const outer = resolveGlobal(pair.name, Number.POSITIVE_INFINITY);
    return outer?.value !== undefined || (outer?.kind === 'predefined' && PLATFORM_ARGS.has(pair.name));
  };
  const resolveArg = ({ instruction, pair }: Definition): Resolved => {
    const given = buildArgs.get(pair.name);
    if (given !== undefined) return { value: given, definedAt: instruction, kind: 'arg' };
    if (pair.value !== undefined) return { value: valueOf({ instruction, pair }), definedAt: instruction, kind: 'arg' };
    const outer = resolveGlobal(pair.name, Number.POSITIVE_INFINITY);
    if (outer?.kind === 'predefined') return outer;
    return { value: outer?.value, definedAt: instruction, kind: 'arg' };
  };
  const resolveGlobal = (name: string, before: number): Resolved | undefined => {
    const named = globalArgs.flatMap((instruction) =>
      instruction.span.start < before
        ? instruction.pairs.filter((pair) => pair.name === name).map((pair) => ({ instruction, pair }))
        : [],
    );
    const last = named.findLast(({ pair }) => pair.value !== undefined) ?? named.at(-1);
    if (last) return { value: buildArgs.get(name) ?? valueOf(last), definedAt: last.instruction, kind: 'arg' };
    if (PLATFORM_ARGS.has(name)) return { value: buildArgs.get(name), kind: 'predefined' };
    return PROXY_ARGS.has(name) ? { value: undefined, kind: 'predefined' } : undefined;
  };
  let depth = 0;
  const valueOf = ({ instruction, pair }: Definition): string | undefined => {
    if (pair.valueText === undefined || depth > MAX_DEPTH) return undefined;
    if (!values.has(pair)) {
      depth++;
      values.set(pair, expand(instruction, pair.valueText));
      depth--;
    }
    return values.get(pair);
  };
  const expand = (instruction: Instruction, source: string): string | undefined => {
    const lookup: Lookup = (name) => {
      const resolved = resolve(instruction, name);
      if (resolved) return resolved.value;
      // Without a definition here, the base image may still set it. A FROM inherits nothing, and neither does scratch.
      return instruction.keyword === 'FROM' || !instruction.stage || isFromScratch(instruction.stage)
        ? null
        : undefined;
    };
    return expandVariables(source, escape, lookup);
  };
  const shellsOf = (stage: Stage): readonly Instruction[] => {
    let found = shells.get(stage);
    if (!found) {
      found = stage.instructions.filter((instruction) => instruction.keyword === 'SHELL');
      shells.set(stage, found);
    }
    return found;
  };
  /** SHELL in this stage or a parent stage decides; else the base image; else the escape directive. */
  const shellOf = (instruction: Instruction): ShellLanguage => {
    for (let stage = instruction.stage; stage; stage = parentOf(stage)) {
      const from = stage.from.span.end;
      const before =
        stage === instruction.stage ? instruction.span.start : (stage.instructions.at(-1)?.span.end ?? from);
      const comment = shellComments.findLast(({ span }) => span.start > from && span.start < before);
      const shell = shellsOf(stage).findLast((other) => other.span.start < before);
      if (comment && comment.span.start > (shell?.span.start ?? 0)) return languageOf(comment.program);
      if (shell) return languageOf(shell.args[0]?.value ?? '');
      if (stage.base.kind === 'image') {
        const { repository, tag = '' } = stage.base.image;
        const isWindows = WINDOWS_REPOSITORY.test(repository) && !MONO.test(`${repository}:${tag}`);
        if (isWindows || WINDOWS_TAG.test(tag)) return 'cmd';
      }
    }
    return escape === '`' ? 'cmd' : 'sh';
  };
  return { text, escape, scripts, resolve, expand, shellOf };
}

function listDefinitions(instructions: readonly Instruction[]): ReadonlyMap<string, Definition[]> {
  const found = new Map<string, Definition[]>();
  for (const instruction of instructions) {
    if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue;
    for (const pair of instruction.pairs) {
      const list = found.get(pair.name);
      if (list) list.push({ instruction, pair });
      else found.set(pair.name, [{ instruction, pair }]);
    }
  }
  return found;
}

function parentOf(stage: Stage): Stage | undefined {
  return stage.base.kind === 'stage' ? stage.base.stage : undefined;
}

const WINDOWS_REPOSITORY =
  /(?:^|\/)windows(?:\/|$)|nanoserver|servercore|dotnet(?:\/|-)framework|^microsoft\/(?:aspnet|iis)$/;
/** Of 2015, on Debian (github.com/aspnet/aspnet-docker). */
const MONO = /^microsoft\/aspnet:1\.0\.0-/;
const WINDOWS_TAG = /nanoserver|windowsservercore|windows-?server|ltsc20\d\d/;

function languageOf(program: string): ShellLanguage {
  const name = program
    .toLowerCase()
    .split(/[/\\]/)
    .pop()
    ?.replace(/\.exe$/, '');
  switch (name) {
    case 'sh':
    case 'ash':
    case 'dash':
      return 'sh';
    case 'bash':
      return 'bash';
    case 'powershell':
    case 'pwsh':
      return 'powershell';
    case 'cmd':
      return 'cmd';
    default:
      return 'other';
  }
}
