import type { Site } from '../../app/site';
import type { Started } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import type { Word } from '../../text/word';
import { type Guard, refuse } from '../transform';
import { editedSource } from './compose';

/** A CMD or ENTRYPOINT that compiles the program each time the container starts: `go run`, `cargo run`. */
export interface StartCall {
  readonly node: Instruction;
  /** The tool, its subcommand and all words after them. */
  readonly words: readonly Word[];
  /** Assignments before the command: `GOAMD64=v3`. */
  readonly settings: string;
}

/** `cargo r` is short for `cargo run`. */
const RUNS = /^r(?:un)?$/;

/** Undefined if nothing is started that way. */
export function callAtStart(
  { stage, dockerfile }: Site,
  started: Started,
  tool: string,
): StartCall | Guard | undefined {
  if (
    !started.commands.some(({ words }) =>
      words.some(({ value }, at) => value === tool && RUNS.test(words[at + 1]?.value ?? '')),
    )
  )
    return undefined;
  for (const node of stage.instructions) {
    if (node.keyword !== 'CMD' && node.keyword !== 'ENTRYPOINT') continue;
    const [command] = node.script?.commands ?? [];
    const isList = node.form === 'exec' && command === undefined;
    const words = isList ? node.args : (command?.words ?? []);
    if (started.commands.length !== 1 || words[0]?.value !== tool || !RUNS.test(words[1]?.value ?? '')) continue;
    const first = command?.assignments[0];
    const settings = first && words[0] ? dockerfile.text.slice(first.span.start, words[0].span.start) : '';
    return { node, words, settings };
  }
  return refuse('a script compiles the program when the container starts: compile it in a RUN');
}

/** Why nothing can be compiled: the sources are not among the copied files. */
export function missingSources({ stage }: Site): Guard {
  const commands = stage.instructions.flatMap(({ script }) => script?.commands ?? []);
  if (commands.some((command) => FETCHING.test(command.name)))
    return refuse('a RUN downloads the sources: copy them from the build context instead');
  return stage.instructions.some(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    ? refuse('the sources of the program are not among the files that are copied')
    : refuse('the sources are not in the image: they are mounted at run time');
}

const FETCHING = /^(?:git|curl|wget|svn)$/;

/** The instruction with a program in place of its first words; without a shell unless something needs one. */
export function startOf({ dockerfile }: Site, { node, words }: StartCall, count: number, name: string): string {
  const [command] = node.script?.commands ?? [];
  const isList = node.form === 'exec' && command === undefined;
  const rest = words.slice(count);
  const needsShell = command && (command.redirects.length > 0 || rest.some(({ isStatic }) => !isStatic));
  const list = [name, ...rest.map(({ value }) => value)].map((word) => JSON.stringify(word)).join(', ');
  const start = command?.assignments[0]?.span.start ?? words[0]?.span.start ?? node.span.end;
  const end = words[count - 1]?.span.end ?? start;
  if (isList) return editedSource(dockerfile, node, [{ span: { start, end }, newText: JSON.stringify(name) }]);
  if (needsShell) return editedSource(dockerfile, node, [{ span: { start, end }, newText: name }]);
  return editedSource(dockerfile, node, [{ span: node.body, newText: `[${list}]` }]);
}
