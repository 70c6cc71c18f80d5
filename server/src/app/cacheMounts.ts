import { isMounted, isRemoved } from '../commands/caches';
import { type ToolCache, type ToolCall, toolCaches, toolCall } from '../commands/toolCaches';
import { removeWord } from '../dockerfile/edits/removeWord';
import { lineEndOf, removeFromChain, removeLast } from '../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { insertion, type TextEdit } from '../text/edits';
import { type EffectiveUser, effectiveUser } from './effectiveUser';

/** A command of a RUN and a cache that it uses. */
export interface CacheUse {
  readonly run: Instruction;
  readonly command: ShellCommand;
  readonly tool: string;
  readonly cache: ToolCache;
}

/** Users that exist in images, with their ids and home folders: docker-library's node, 2026-11. */
const USERS: Readonly<Record<string, { readonly id: number; readonly home: string }>> = {
  node: { id: 1000, home: '/home/node' },
};

/** The caches that each command of a RUN can reuse; none where the user who runs it is unknown. */
export function cacheUses(
  run: Instruction,
  knowledge: KnowledgeBase,
  callOf: (command: ShellCommand) => ToolCall = toolCall,
): CacheUse[] {
  if (run.keyword !== 'RUN' || !run.script || run.script.errors.length > 0 || !run.stage) return [];
  const { name, isRoot } = userOf(run.stage, run, knowledge);
  const home = isRoot ? homeOf(run) : USERS[name ?? '']?.home;
  if (home === undefined) return [];
  return run.script.commands.flatMap((command) => {
    if (command.wrappers.some(({ value }) => value === 'sudo')) return [];
    const call = callOf(command);
    // For users other than root, only folders directly in their home: BuildKit creates the parent folders of a mount as
    // root.
    const caches = toolCaches(run, command, call, home).filter(
      ({ folder }) => isRoot || folder.slice(0, folder.lastIndexOf('/')) === home,
    );
    return caches.map((cache) => ({ run, command, tool: call.tool, cache }));
  });
}

/** Assumes root where no user is known: an unused mount does no harm. */
function userOf(stage: Stage, run: Instruction, knowledge: KnowledgeBase): Pick<EffectiveUser, 'name' | 'isRoot'> {
  const user = effectiveUser(stage, knowledge, run);
  return user.setBy === undefined && user.name === undefined ? { name: 'root', isRoot: true } : user;
}

/** Another home folder may be that of the program: a mount there would leave folders of root in it. */
function homeOf(run: Instruction): string | undefined {
  const set = run.resolve('HOME');
  return set === undefined || set.value === '/root' ? '/root' : undefined;
}

/**
 * The edits that add cache mounts to a RUN and remove commands and options that would empty or bypass them; undefined
 * where the RUN must not change.
 */
export function mountEdits(
  dockerfile: DockerfileModel,
  run: Instruction,
  folders: readonly string[],
  knowledge: KnowledgeBase,
): TextEdit[] | undefined {
  const commands = run.script?.commands ?? [];
  if (run.form === 'exec' || folders.some((folder) => isRemoved(run, [folder]))) return undefined;
  const cleaned = commands.filter(empties).map((command) => removal(dockerfile, run, command));
  const unused = commands.flatMap((command) =>
    INSTALLERS.has(toolOf(command).tool)
      ? (readOptions(command).option('--no-cache-dir', '--no-cache')?.word.span ?? [])
      : [],
  );
  const edits = [...cleaned, ...unused.map((span) => removeWord(dockerfile, span))];
  const known = edits.filter((edit) => edit !== undefined);
  if (known.length < edits.length) return undefined;
  const id = run.stage && USERS[userOf(run.stage, run, knowledge).name ?? '']?.id;
  const owner = id === undefined ? '' : `,uid=${id},gid=${id}`;
  const at = run.flags.at(-1)?.span.end ?? run.keywordSpan.end;
  const flags = folders
    .filter((folder) => !isMounted(run, [folder]))
    .map((folder) => `--mount=type=cache,target=${folder}${owner}`);
  if (flags.length === 0) return undefined;
  // Several mounts go on separate lines, with the command below them.
  const gap = ` ${dockerfile.escape}${lineEndOf(dockerfile)}   `;
  const isBelow = /^[ \t]*[\\`][ \t]*\r?\n/.test(dockerfile.text.slice(at, run.span.end));
  const newText =
    run.form === 'shell' && flags.length > 1
      ? flags.map((flag, index) => `${index === 0 ? '' : gap} ${flag}`).join('') + (isBelow ? '' : gap)
      : flags.map((flag) => ` ${flag}`).join('');
  return [insertion(at, newText), ...known];
}

const INSTALLERS: ReadonlySet<string> = new Set(['pip', 'poetry', 'uv']);

/** True for a command that deletes what a cache mount keeps. */
function empties(command: ShellCommand): boolean {
  const { tool, words } = toolOf(command);
  const said = words.map(({ value }) => value).join(' ');
  switch (tool) {
    case 'go':
      return /^\S+ clean\b.* -(?:mod)?cache\b/.test(said);
    case 'npm':
    case 'yarn':
      return /^\S+ cache clean\b/.test(said);
    case 'pnpm':
      return /^\S+ store prune\b/.test(said);
    case 'pip':
      return /^\S+ cache purge\b/.test(said);
    case 'uv':
      return /^\S+ cache clean\b/.test(said);
    case 'poetry':
      return /^\S+ cache clear\b/.test(said);
    case 'bun':
      return /^\S+ pm cache rm\b/.test(said);
    case 'composer':
      return /^\S+ clear-?cache\b/.test(said);
    case 'dotnet':
      return /^\S+ nuget locals\b/.test(said);
    default:
      return false;
  }
}

function removal(dockerfile: DockerfileModel, run: Instruction, command: ShellCommand): TextEdit | undefined {
  return removeFromChain(dockerfile, run, command) ?? removeLast(dockerfile, run, command);
}
