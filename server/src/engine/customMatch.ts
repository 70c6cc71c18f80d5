import { type ImagePattern, matchesImage } from '../dockerfile/imagePattern';
import { imageText } from '../dockerfile/imageReference';
import type { DockerfileModel, ImageReference, Instruction, Pair } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { joinContinuations, joinPieces } from '../shell/logicalText';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { fillGroups, type LinearPattern } from '../text/linearPattern';
import type { Span } from '../text/span';
import { matchesStars } from '../text/starPattern';
import type { Word } from '../text/word';
import { copiedImages } from './copiedImages';

/** What a custom rule looks for: all that is given must hold. */
export interface CustomMatch {
  /** Keywords in upper case. */
  readonly instructions: readonly string[] | undefined;
  readonly stage: 'final' | 'build' | undefined;
  /** What it looks at; undefined: the arguments of the instruction. */
  readonly subject: Subject | undefined;
  /** Must be in the subject's text; the finding marks it. */
  readonly pattern: LinearPattern | undefined;
  /** Must not be in it. */
  readonly unless: LinearPattern | undefined;
}

export type Subject = CommandSubject | ImageSubject | VariableSubject;
interface CommandSubject {
  readonly kind: 'command';
  /** A program and its first arguments, of which one list must match; `*` stands for any text in a word. */
  readonly calls: readonly (readonly string[])[];
  readonly options: readonly string[];
  readonly withoutOptions: readonly string[];
}
interface ImageSubject {
  readonly kind: 'image';
  readonly images: readonly ImagePattern[];
}
interface VariableSubject {
  readonly kind: 'variable';
  /** `*` stands for any text. */
  readonly names: readonly string[];
}

/** What a finding marks. */
export interface Place {
  readonly span: Span;
  /** The replacement with its groups filled in. */
  fill(replacement: string): string;
}

/** The text that patterns search. */
interface Searched {
  readonly text: string;
  spanOf(start: number, end: number): Span;
  /** What is marked without a pattern. */
  readonly whole: Span;
}

/** Findings of one pattern in one instruction or command. */
const MOST = 20;

export interface Finder {
  inInstruction(match: CustomMatch, node: Instruction): readonly Place[];
  inCommand(match: CustomMatch, command: ShellCommand, on: Instruction): readonly Place[];
}

export function createFinder(
  dockerfile: DockerfileModel,
  knowledge: KnowledgeBase,
  contexts: ReadonlySet<string>,
): Finder {
  const { text, escape } = dockerfile;
  const copied = copiedImages(dockerfile, knowledge, contexts);
  /** Asked once: it names each image only at its first occurrence. */
  const copiedBy = new Map<Instruction, readonly ImageReference[]>();
  const imagesOf = (node: Instruction): readonly ImageReference[] => {
    const base = node.keyword === 'FROM' ? node.stage?.base : undefined;
    if (base?.kind === 'image') return [base.image];
    const images = copiedBy.get(node) ?? copied(node);
    copiedBy.set(node, images);
    return images;
  };
  /** Continued lines as one, as the build sees them. */
  const searched = (span: Span, whole: Span): Searched => {
    const joined = joinContinuations(text, span, escape);
    return { text: joined.text, spanOf: (start, end) => joined.spanOf(start, end), whole };
  };
  const argumentsOf = (node: Instruction): Searched => {
    const last = node.heredocs.at(-1);
    const head = joinContinuations(text, { start: node.keywordSpan.end, end: node.body.end }, escape);
    const all = last ? head.concat(joinPieces(text, [{ start: node.body.end, end: last.content.end }])) : head;
    return { text: all.text, spanOf: (start, end) => all.spanOf(start, end), whole: node.keywordSpan };
  };
  const ofImage = (image: ImageReference): Searched => {
    if (image.isLiteral) return searched(image.span, image.span);
    return { text: imageText(image), spanOf: () => image.span, whole: image.span };
  };
  const ofVariable = ({ nameSpan, valueSpan }: Pair): Searched =>
    valueSpan ? searched(unquoted(text, valueSpan), nameSpan) : { text: '', spanOf: () => nameSpan, whole: nameSpan };
  return {
    inInstruction(match, node) {
      const { subject } = match;
      if (subject?.kind === 'command' || !isIn(match, node)) return [];
      if (!subject) return placesIn(match, argumentsOf(node));
      if (subject.kind === 'image')
        return imagesOf(node)
          .filter((image) => subject.images.some((pattern) => matchesImage(image, pattern)))
          .flatMap((image) => placesIn(match, ofImage(image)));
      if (node.keyword !== 'ENV' && node.keyword !== 'ARG') return [];
      return node.pairs
        .filter(({ name }) => subject.names.some((pattern) => matchesStars(name, pattern)))
        .flatMap((pair) => placesIn(match, ofVariable(pair)));
    },
    inCommand(match, command, on) {
      const { subject } = match;
      if (subject?.kind !== 'command' || !isIn(match, on)) return [];
      const marked = markedIn(command, subject);
      return marked ? placesIn(match, searched(command.span, marked)) : [];
    },
  };
}

function isIn({ instructions, stage }: CustomMatch, node: Instruction): boolean {
  if (instructions && !instructions.includes(node.keyword)) return false;
  return stage === undefined || (node.stage !== undefined && node.stage.isFinal === (stage === 'final'));
}

function placesIn({ pattern, unless }: CustomMatch, { text, spanOf, whole }: Searched): readonly Place[] {
  if (unless?.isIn(text)) return [];
  if (!pattern) return [{ span: whole, fill: (replacement) => fillGroups(replacement, () => undefined) }];
  return pattern.matches(text, MOST).map(({ start, end, group }) => ({
    span: spanOf(start, end),
    fill: (replacement) => fillGroups(replacement, group),
  }));
}

/** The program and the arguments that were asked for, or the first option; undefined when the command is another. */
function markedIn(command: ShellCommand, { calls, options, withoutOptions }: CommandSubject): Span | undefined {
  const { tool, words } = toolOf(command);
  const [program] = words;
  const found = readOptions(command);
  const given = [...(found.subcommand ? [found.subcommand] : []), ...found.operands];
  const call = calls.find(
    ([name = '', ...rest]) =>
      (matchesStars(tool, name) || matchesStars(command.name, name)) &&
      rest.every((word, index) => isWord(given[index], word)),
  );
  if (!program || !call || withoutOptions.some((name) => found.has(name))) return undefined;
  if (!options.every((name) => found.has(name))) return undefined;
  const [option] = options;
  if (option !== undefined) return found.option(option)?.word.span;
  const last = call.length > 1 ? given[call.length - 2] : program;
  return last && { start: program.span.start, end: last.span.end };
}

function isWord(word: Word | undefined, pattern: string): boolean {
  return word !== undefined && matchesStars(word.value, pattern);
}

function unquoted(text: string, { start, end }: Span): Span {
  const first = text[start];
  const isQuoted = end - start >= 2 && (first === '"' || first === "'") && text[end - 1] === first;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
