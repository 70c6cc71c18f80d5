import { readSources } from '../../app/sources';
import { lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { isGoBuild } from '../split/goBuilds';
import type { Transform } from '../transform';

const STRIP = '-s -w';
const FLAGS = `-trimpath -ldflags="${STRIP}"`;
/** Build options that show that someone debugs, measures or links the result elsewhere. */
const CHOSEN = /^-{1,2}(?:trimpath|gcflags|asmflags|race|cover|msan|asan|buildmode|linkshared|toolexec|n)(?:=|$)/;
/** Programs that look for their own sources or symbols, or load plugins that have to match. */
const READS_ITSELF = /\bruntime\.Caller\(|"plugin"|"debug\/(?:elf|dwarf|gosym)"/;

/** Builds Go programs without debug tables and without the paths of the build machine. */
export const strippedProgram: Transform = {
  id: 'stripped-program',
  safety: 'unsafe',
  level: 'all',
  propose({ dockerfile, buildContext }) {
    if (!buildContext || dockerfile.errors.length > 0) return undefined;
    const modules = modulesIn(buildContext);
    const edits = dockerfile.instructions.flatMap((node) => flagsIn(node, modules));
    if (edits.length === 0 || readsItself(dockerfile, buildContext)) return undefined;
    return {
      title: phrase('Build the Go program with {flags}', { flags: FLAGS }),
      reason: phrase(
        'Symbols and debugging information make up a large part of a Go program, and only debuggers read them. `-trimpath` removes the paths of the build stage.',
      ),
      risk: phrase('Debuggers can no longer show the lines and variables of the program. Stack traces still work.'),
      edits,
    };
  },
};

/** True if something may read what would be left out, or if the sources are unknown. */
function readsItself({ text }: DockerfileModel, context: BuildContext): boolean {
  if (/\bGOFLAGS\b|\bdlv\b/.test(text)) return true;
  const sources = readSources(
    context,
    [...context.files.keys()].filter((path) => path.endsWith('.go')),
  );
  return sources?.some((source) => READS_ITSELF.test(source.text)) ?? true;
}

/** `-trimpath` exists since Go 1.13: golang's tags, and the versions in distributions, as of 2026-11. */
function isOldGo(stage: Stage | undefined): boolean {
  const base = stage && lineage(stage)[0]?.base;
  if (base?.kind !== 'image') return false;
  const { repository, tag = '' } = base.image;
  const old = OLD_GO[baseName(repository)];
  return old?.test(tag) ?? false;
}

const OLD_GO: Readonly<Record<string, RegExp>> = {
  golang: /^1\.(?:\d|1[0-2])(?!\d)/,
  debian: /^(?:wheezy|jessie|stretch|buster|oldoldstable|[789](?!\d)|10(?!\d))/,
  ubuntu: /^(?:trusty|xenial|bionic|1[0-8]\.)/,
  alpine: /^3\.(?:\d|10)(?!\d)/,
};

function flagsIn({ keyword, form, flags, script, stage }: Instruction, modules: readonly string[]): TextEdit[] {
  if (isOldGo(stage)) return [];
  if (keyword !== 'RUN' || form !== 'shell' || !script || script.errors.length > 0) return [];
  if (flags.some(({ name }) => name === 'security')) return [];
  return script.commands.filter((command) => !buildsTool(command, modules)).flatMap(flagsOf);
}

/** The names of all modules of the project. */
function modulesIn({ files, read }: BuildContext): string[] {
  return [...files.keys()].flatMap((path) =>
    /(?:^|\/)go\.mod$/.test(path) ? (/^module\s+"?([^\s"]+)/m.exec(read(path) ?? '')?.[1] ?? []) : [],
  );
}

/** A program of another module, which only the build calls. Without modules, all packages are named that way. */
function buildsTool({ words }: ShellCommand, modules: readonly string[]): boolean {
  const named = words.map(({ value }) => value).filter((value) => /^[\w-]{1,60}(?:\.[\w-]{1,60}){1,9}\//.test(value));
  return modules.length > 0 && named.some((path) => !modules.some((module) => isWithin(path, module)));
}

function flagsOf(command: ShellCommand): TextEdit[] {
  const [, subcommand, ...rest] = command.words;
  if (!isGoBuild(command) || !subcommand || rest.some(({ value }) => CHOSEN.test(value) || value.includes('@')))
    return [];
  const own = rest.findIndex(({ value }) => /^-{1,2}ldflags(?:=|$)/.test(value));
  if (own < 0) return [insertion(subcommand.span.end, ` ${FLAGS}`)];
  const word = rest[own]?.value.includes('=') ? rest[own] : rest[own + 1];
  // Options can only be added to a single quoted text.
  const quoted = /^(?:-{1,2}ldflags=)?(?=["'])/.exec(word?.text ?? '')?.[0];
  if (!word || quoted === undefined || /(?:^|[\s"'=])-(?:s|w)\b|-linkmode/.test(word.value)) return [];
  return [insertion(subcommand.span.end, ' -trimpath'), insertion(word.span.start + quoted.length + 1, `${STRIP} `)];
}
