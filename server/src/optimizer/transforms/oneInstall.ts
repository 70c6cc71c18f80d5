import { inPackageLines } from '../../commands/packageLines';
import { isPlainUpdate, keepsLists } from '../../commands/repeatedCommands';
import { type Subcommanded, systemInstall } from '../../commands/systemPackages';
import { gapBetween } from '../../dockerfile/edits/gapBetween';
import { isPlainRun } from '../../dockerfile/edits/joinRuns';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellItem } from '../../shell/script';
import { applyEdits, type TextEdit } from '../../text/edits';
import { spansOverlap } from '../../text/span';
import type { Transform } from '../transform';

/** Merges consecutive installs in a RUN into one call, which reads the package lists only once. */
export const oneInstall: Transform = {
  id: 'one-install',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile }) {
    const runs = finalStages(dockerfile).flatMap(({ instructions }) => instructions);
    const joins = runs.flatMap((run) => (isPlainRun(dockerfile, run) ? (joined(dockerfile, run) ?? []) : []));
    if (joins.length === 0) return undefined;
    return {
      title: joins.some(({ isInstall }) => isInstall)
        ? phrase('Install the packages of a RUN in one call')
        : phrase('Fetch the package lists once in a RUN'),
      reason: phrase(
        'A second install in the same RUN reads the package lists and looks for dependencies again. A second update fetches lists that are there already.',
      ),
      edits: joins.flatMap(({ edits }) => edits),
    };
  },
};

interface Joined {
  readonly edits: readonly TextEdit[];
  /** False where it only removes updates. */
  readonly isInstall: boolean;
}

/** Moves the packages of each further install to the first one, and removes updates that have become redundant. */
function joined(dockerfile: DockerfileModel, run: Instruction): Joined | undefined {
  const items = run.script?.chain.items ?? [];
  const removed = new Set<ShellItem>();
  const added = new Map<number, string>();
  const lists = new Map<number, string>();
  let first: Subcommanded | undefined;
  let haveLists = false;
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    const [command] = item.kind === 'command' ? item.commands : [];
    const call = command && systemInstall(command);
    const isUpdate = command !== undefined && isPlainUpdate(command);
    const last = first?.operands.at(-1)?.span.end;
    const isJoined = first !== undefined && call !== undefined && isAlike(dockerfile, first, call);
    if (before && (isJoined || (isUpdate && haveLists)) && !hasComment(dockerfile, before, item)) {
      removed.add(item);
      if (first && isJoined && last !== undefined) {
        added.set(last, (added.get(last) ?? '') + namesOf(dockerfile, first, call));
        lists.set(last, dockerfile.text.slice(first.operands[0]?.span.start, last));
      }
    } else if (!(command && keepsLists(command)) && call?.tool !== 'apk') first = undefined;
    else first = call ?? first;
    haveLists = isUpdate || (haveLists && command !== undefined && keepsLists(command));
  }
  if (removed.size === 0) return undefined;
  const names = [...added].map(([at, newText]) => ({ span: { start: at, end: at }, newText }));
  const edits = [...names, ...removals(dockerfile, items, removed)].sort((a, b) => a.span.start - b.span.start);
  return {
    edits: inLines(
      dockerfile,
      run,
      edits,
      [...lists].map(([at, text]) => text + (added.get(at) ?? '')),
    ),
    isInstall: added.size > 0,
  };
}

/** The same edits, with the joined packages one a line where their line would be too long. */
function inLines(
  dockerfile: DockerfileModel,
  { body }: Instruction,
  edits: readonly TextEdit[],
  lists: readonly string[],
): readonly TextEdit[] {
  const inside = edits.map(({ span, newText }) => ({
    span: { start: span.start - body.start, end: span.end - body.start },
    newText,
  }));
  const joined = applyEdits(dockerfile.text.slice(body.start, body.end), inside);
  const newText = lists
    .filter((list) => !/(?:^| )-/.test(list))
    .reduce((script, list) => inPackageLines(script, list, dockerfile), joined);
  return newText === joined ? edits : [{ span: body, newText }];
}

/** Removes each row of items with the operator behind it, or with the one before it at the end of the chain. */
function removals(
  dockerfile: DockerfileModel,
  items: readonly ShellItem[],
  removed: ReadonlySet<ShellItem>,
): TextEdit[] {
  return items.flatMap((item, index) => {
    const before = items[index - 1];
    if (!before || !removed.has(item) || removed.has(before)) return [];
    const after = items.findIndex((other, at) => at > index && !removed.has(other));
    const next = items[after];
    const last = items[after < 0 ? items.length - 1 : after - 1] ?? item;
    const span =
      next && !hasComment(dockerfile, last, next)
        ? { start: item.span.start, end: next.span.start }
        : { start: before.span.end, end: last.span.end };
    return [{ span, newText: '' }];
  });
}

const JOINABLE = /^(?:apt(?:-get)?|apk)$/;

/** The same call with other packages. */
function isAlike({ text }: DockerfileModel, first: Subcommanded, second: Subcommanded): boolean {
  const shapeOf = ({ command, operands }: Subcommanded): string => {
    const head = text.slice(command.span.start, command.words[0]?.span.end);
    const options = command.words.slice(1).filter((word) => !operands.includes(word));
    const isPlain =
      command.redirects.length === 0 && operands.every((word) => word.isStatic && /^[a-z]/.test(word.value));
    return isPlain ? [head, ...options.map(({ value }) => value).sort()].join(' ') : '';
  };
  // The packages of a virtual package are removed together.
  const isVirtual = first.tool === 'apk' && first.has('--virtual', '-t');
  return JOINABLE.test(first.tool) && !isVirtual && shapeOf(first) !== '' && shapeOf(first) === shapeOf(second);
}

/** The packages in the same layout as those before them, without duplicates. */
function namesOf({ text }: DockerfileModel, first: Subcommanded, { operands }: Subcommanded): string {
  const [beforeLast, last] = first.operands.slice(-2);
  const gap = beforeLast && last ? gapBetween(text, beforeLast, last) : ' ';
  const known = new Set(first.operands.map(({ value }) => value));
  return operands.flatMap(({ value }) => (known.has(value) ? [] : gap + value)).join('');
}

function hasComment({ comments }: DockerfileModel, before: ShellItem, { span }: ShellItem): boolean {
  return comments.some((comment) => spansOverlap(comment.span, { start: before.span.end, end: span.end }));
}
