import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { isPlainRun } from '../../dockerfile/edits/joinRuns';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { removeFromChain, removeLast } from '../../dockerfile/edits/runLayout';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName } from '../../text/paths';
import type { Transform } from '../transform';
import { builderOf, needsBuildKit } from './cacheMounts';

/** Sets the mode of files when they are copied. */
export const copyMode: Transform = {
  id: 'copy-mode',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['prefer-copy-chmod'],
  propose(site) {
    const { dockerfile, buildContext } = site;
    const context = buildContext && contextOfBuild(buildContext);
    if (!context || dockerfile.errors.length > 0) return undefined;
    const changes = finalStages(dockerfile).flatMap((stage) => changesIn(dockerfile, stage, context));
    if (changes.length === 0) return undefined;
    const files = [...new Set(changes.flatMap((change) => change.files))].join(', ');
    const title = phrase('Set the mode of {files} when copying', { files });
    if (!builderOf(site).isUsed) return { title, ...needsBuildKit('COPY --chmod') };
    return {
      title,
      reason: phrase('A layer stores whole files. A RUN that only changes the mode stores the file a second time.'),
      risk: phrase('`+x` adds to the mode that the file has, and `--chmod` replaces it.'),
      edits: changes.flatMap(({ edits }) => edits).sort((a, b) => a.span.start - b.span.start),
    };
  },
};

interface Change {
  readonly files: readonly string[];
  readonly edits: readonly TextEdit[];
}

/** A `chmod` whose files all come from COPYs of nothing else. */
function changesIn(dockerfile: DockerfileModel, stage: Stage, context: BuildContext): Change[] {
  const changed = new Set<Instruction>();
  return stage.instructions.flatMap((run) => {
    if (!isPlainRun(dockerfile, run) || run.flags.length > 0) return [];
    const commands = run.script?.commands ?? [];
    const found = commands.flatMap((command) => {
      const copies = copiesOf(stage, run, command, context);
      if (!copies || copies.some((copy) => changed.has(copy))) return [];
      for (const copy of copies) changed.add(copy);
      return [{ command, copies, mode: modeOf(command) }];
    });
    const isWhole = found.length === commands.length;
    const removed = isWhole
      ? [removeWithComments(dockerfile, run)]
      : found.length === 1
        ? found.map(({ command }) => removeFromChain(dockerfile, run, command) ?? removeLast(dockerfile, run, command))
        : [];
    const gone = removed.filter((edit) => edit !== undefined);
    if (found.length === 0 || gone.length === 0) return [];
    const added = found.flatMap(({ copies, mode }) =>
      copies.map((copy) => insertion(copy.keywordSpan.end, ` --chmod=${mode}`)),
    );
    return [
      {
        files: found.flatMap(({ command }) => command.words.slice(2).map(({ value }) => value)),
        edits: [...added, ...gone],
      },
    ];
  });
}

/** `755`, also for `+x`; undefined for other changes of a mode. */
function modeOf({ name, words, wrappers, redirects }: ShellCommand): string | undefined {
  const mode = words[1]?.value ?? '';
  if (name !== 'chmod' || wrappers.length > 0 || redirects.length > 0) return undefined;
  return /^a?\+r?x$/.test(mode) ? '755' : /^[0-7]{3,4}$/.exec(mode)?.[0];
}

/** The COPYs that put the files of a `chmod` in place; undefined if something else does, or if they bring other files. */
function copiesOf(
  stage: Stage,
  run: Instruction,
  command: ShellCommand,
  context: BuildContext,
): Instruction[] | undefined {
  const words = command.words.slice(2);
  if (modeOf(command) === undefined || words.length === 0) return undefined;
  if (!words.every(({ isStatic, value }) => isStatic && !/[*?[]/.test(value))) return undefined;
  const paths = new Set(words.map(({ value }) => absolutePath(value, workdirAt(run))));
  const found = new Set<Instruction>();
  for (const path of paths) {
    const copy = stage.instructions.findLast(
      (node) => node.span.start < run.span.start && (filesOf(node, context)?.has(path) ?? false),
    );
    const files = copy && filesOf(copy, context);
    // A directory of another stage looks the same as a file, but is executable already.
    const isBuilt = copy?.flags.some(({ name }) => name === 'from') ?? false;
    if (isBuilt && !command.words[1]?.value.endsWith('x')) return undefined;
    if (!files || copy.keyword !== 'COPY' || copy.flags.some(({ name }) => name === 'chmod')) return undefined;
    if (![...files].every((file) => paths.has(file))) return undefined;
    found.add(copy);
  }
  return [...found];
}

/** The files in the image that a COPY creates; undefined if they are unknown. */
function filesOf(node: Instruction, context: BuildContext): ReadonlySet<string> | undefined {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return undefined;
  if (!node.flags.some(({ name }) => name === 'from')) return new Set(copiedBy(node, context)?.keys());
  const [source, target, ...others] = node.args.map((word) => node.expand(word.text));
  if (source === undefined || target === undefined || others.length > 0 || /[*?[]/.test(source)) return undefined;
  const name = baseName(source);
  const path = absolutePath(target, workdirAt(node));
  return new Set([target.endsWith('/') || /^\.{0,2}$/.test(target) ? absolutePath(name, path) : path]);
}
