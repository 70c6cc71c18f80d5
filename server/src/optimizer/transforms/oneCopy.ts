import { absolutePath, copiedBy, copyTarget, workdirAt } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { commandKind } from '../../commands/commandKinds';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import type { Transform } from '../transform';

/** Removes a COPY whose files another one copies to the same place, where nothing between them reads or changes them. */
export const oneCopy: Transform = {
  id: 'one-copy',
  safety: 'safe',
  level: 'safe',
  propose({ dockerfile, buildContext }) {
    const context = buildContext && contextOfBuild(buildContext);
    if (dockerfile.errors.length > 0) return undefined;
    const doubled = new Set(dockerfile.stages.flatMap((stage) => doubledIn(stage, context)));
    const edits = [...doubled].flatMap((node) => removal(dockerfile, node, doubled) ?? []);
    if (edits.length === 0) return undefined;
    return {
      title: phrase('Copy the same files once'),
      reason: phrase('Another `COPY` copies these files to the same place, so this one only adds a layer.'),
      edits: edits.sort((a, b) => a.span.start - b.span.start),
    };
  },
};

/** Takes the comment above along, unless it is also about the instruction below. */
function removal(
  dockerfile: DockerfileModel,
  node: Instruction,
  doubled: ReadonlySet<Instruction>,
): TextEdit | undefined {
  const edit = removeInstruction(dockerfile, node);
  const next = node.stage?.instructions.find(({ span }) => span.start > node.span.start);
  const between = dockerfile.text.slice(node.span.end, next?.span.start);
  const isAlone = !next || doubled.has(next) || /#|\n[ \t]*\r?\n/.test(between);
  if (!edit || !isAlone) return edit;
  const start = Math.min(edit.span.start, startWithComments(dockerfile.text, node.span.start));
  return { span: { start, end: edit.span.end }, newText: '' };
}

function doubledIn({ instructions }: Stage, context: BuildContext | undefined): Instruction[] {
  const isCandidate = (node: Instruction) => isOfContext(node) && hasKnownTarget(node);
  return instructions.flatMap((first, index) => {
    if (!isCandidate(first)) return [];
    for (const second of instructions.slice(index + 1)) {
      if (isCandidate(second)) {
        const isSame = haveSameFlags(first, second);
        // The comment of the first one says what both are for.
        if (isSame && brings(first, second, context)) return [second];
        if ((isSame || setsOwner(first, second)) && brings(second, first, context)) return [first];
      }
      if (!isApart(first, second, context)) break;
    }
    return [];
  });
}

function isOfContext({ keyword, flags, heredocs, args }: Instruction): boolean {
  return keyword === 'COPY' && heredocs.length === 0 && args.length > 1 && !flags.some(({ name }) => name === 'from');
}

/** False: a variable without a known value names the folder, or the working directory above it. */
function hasKnownTarget(node: Instruction): boolean {
  const above = node.stage?.instructions.filter(({ span }) => span.start < node.span.start) ?? [];
  const folders = above.filter(({ keyword }) => keyword === 'WORKDIR');
  return [...folders, node].every((one) => one.expand(one.args.at(-1)?.text ?? '') !== undefined);
}

function haveSameFlags(one: Instruction, other: Instruction): boolean {
  return written(one).join() === written(other).join();
}

function written({ flags }: Instruction): string[] {
  return flags.map(({ name, value }) => `${name}=${value ?? ''}`).sort();
}

/**
 * True if the second one also sets the owner or the mode of everything that it copies. A directory that the first one
 * creates would belong to another user, so it has to exist.
 */
function setsOwner(first: Instruction, second: Instruction): boolean {
  const isOwn = (flag: string) => /^ch(?:own|mod)=/.test(flag);
  const target = copyTarget(first);
  return (
    first.flags.length < second.flags.length &&
    written(first).join() ===
      written(second)
        .filter((flag) => !isOwn(flag))
        .join() &&
    (first.stage?.instructions ?? []).some(
      (node) =>
        node.keyword === 'WORKDIR' &&
        node.span.start < first.span.start &&
        isWithin(absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdirAt(node)), target),
    )
  );
}

/** True if `all` copies everything that `part` does, to the same paths. */
function brings(all: Instruction, part: Instruction, context: BuildContext | undefined): boolean {
  if (copyTarget(all) === copyTarget(part) && haveSameSources(all, part)) return true;
  const files = context && copiedBy(all, context);
  const wanted = context && copiedBy(part, context);
  if (!files || !wanted || wanted.size === 0) return false;
  // A folder that is not listed may have more.
  const isWhole =
    context.isComplete || !part.args.slice(0, -1).some(({ value }) => !context.files.has(value.replace(/^\.\//, '')));
  return isWhole && [...wanted].every(([target, source]) => files.get(target) === source);
}

/** A variable without a known value may name anything. */
function haveSameSources(one: Instruction, other: Instruction): boolean {
  const sources = (node: Instruction) => node.args.slice(0, -1).map(({ text }) => node.expand(text));
  const [own, others] = [sources(one), sources(other)];
  return own.length === others.length && own.every((source, index) => source !== undefined && source === others[index]);
}

const INERT = /^(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|SHELL|STOPSIGNAL|USER|WORKDIR)$/;

/** `apt-get install -y git`, without files of the project. */
function installsByName({ form, flags, script }: Instruction): boolean {
  if (form !== 'shell' || flags.length > 0 || !script) return false;
  return script.commands.every(
    (command) =>
      command.redirects.length === 0 &&
      /^(?:packages|cleanup)$/.test(commandKind(command) ?? '') &&
      command.words
        .slice(1)
        .every(({ value }) => /^(?:[\w-]|\/var\/)/.test(value) && !/\.(?:deb|rpm|apk)$/.test(value)),
  );
}

/** True for an instruction between the two that neither reads nor changes what the first one copies. */
function isApart(first: Instruction, node: Instruction, context: BuildContext | undefined): boolean {
  if (INERT.test(node.keyword)) return true;
  if (node.keyword === 'RUN') return installsByName(node);
  if (node.keyword !== 'COPY' || !hasKnownTarget(node)) return false;
  const [one, other] = [copyTarget(first), copyTarget(node)];
  if (!isWithin(one, other) && !isWithin(other, one)) return true;
  const copied = context && copiedBy(node, context);
  const files = context && copiedBy(first, context);
  return (
    copied !== undefined &&
    files !== undefined &&
    [...copied].every(([target, source]) => (files.get(target) ?? source) === source)
  );
}
