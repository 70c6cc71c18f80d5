import { isPlainUpdate, keepsLists } from '../../commands/repeatedCommands';
import { type Subcommanded, systemInstall } from '../../commands/systemPackages';
import { isPlainRun } from '../../dockerfile/edits/joinRuns';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellItem } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { spansOverlap } from '../../text/span';
import type { Transform } from '../transform';

/** Merges consecutive installs in a RUN into one call, which reads the package lists only once. */
export const oneInstall: Transform = {
  id: 'one-install',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile }) {
    const runs = finalStages(dockerfile).flatMap(({ instructions }) => instructions);
    const edits = runs.flatMap((run) => (isPlainRun(dockerfile, run) ? joined(dockerfile, run) : []));
    if (edits.length === 0) return undefined;
    return {
      title: phrase('Install the packages of a RUN in one call'),
      reason: phrase(
        'A second `apt-get install` in the same RUN reads the lists and looks for dependencies again, and a second `apt-get update` fetches the lists that are there already.',
      ),
      edits,
    };
  },
};

/** Moves the packages of each further install to the first one, and removes updates that have become redundant. */
function joined(dockerfile: DockerfileModel, { script }: Instruction): TextEdit[] {
  const edits = new Map<number, TextEdit>();
  const put = (start: number, end: number, newText: string): void => {
    const there = edits.get(start);
    edits.set(start, {
      span: { start, end: Math.max(end, there?.span.end ?? 0) },
      newText: (there?.newText ?? '') + newText,
    });
  };
  let first: Subcommanded | undefined;
  let haveLists = false;
  let before: ShellItem | undefined;
  for (const item of script?.chain.items ?? []) {
    const [command] = item.kind === 'command' ? item.commands : [];
    const call = command && systemInstall(command);
    const isUpdate = command !== undefined && isPlainUpdate(command);
    const isJoined = first !== undefined && call !== undefined && isAlike(dockerfile, first, call);
    if (before && (isJoined || (isUpdate && haveLists)) && !hasComment(dockerfile, before, item)) {
      put(before.span.end, item.span.end, '');
      const last = first?.operands.at(-1);
      if (first && isJoined && last) put(last.span.end, last.span.end, namesOf(dockerfile, first, call));
    } else if (!(command && keepsLists(command))) first = undefined;
    else first = call ?? first;
    haveLists = isUpdate || (haveLists && command !== undefined && keepsLists(command));
    before = item;
  }
  return [...edits.values()].sort((a, b) => a.span.start - b.span.start);
}

/** The same call with other packages. */
function isAlike({ text }: DockerfileModel, first: Subcommanded, second: Subcommanded): boolean {
  const shapeOf = ({ command, operands }: Subcommanded): string => {
    const head = text.slice(command.span.start, command.words[0]?.span.end);
    const options = command.words.slice(1).filter((word) => !operands.includes(word));
    const isPlain =
      command.redirects.length === 0 && operands.every((word) => word.isStatic && /^[a-z]/.test(word.value));
    return isPlain ? [head, ...options.map(({ value }) => value).sort()].join(' ') : '';
  };
  return /^apt(?:-get)?$/.test(first.tool) && shapeOf(first) !== '' && shapeOf(first) === shapeOf(second);
}

/** The packages in the same layout as those before them, without duplicates. */
function namesOf({ text }: DockerfileModel, first: Subcommanded, { operands }: Subcommanded): string {
  const [beforeLast, last] = first.operands.slice(-2);
  const gap = beforeLast && last ? text.slice(beforeLast.span.end, last.span.start) : ' ';
  const known = new Set(first.operands.map(({ value }) => value));
  return operands.flatMap(({ value }) => (known.has(value) ? [] : gap + value)).join('');
}

function hasComment({ comments }: DockerfileModel, before: ShellItem, { span }: ShellItem): boolean {
  return comments.some((comment) => spansOverlap(comment.span, { start: before.span.end, end: span.end }));
}
