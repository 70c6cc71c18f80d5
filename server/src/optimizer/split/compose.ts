import type { Site } from '../../app/site';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { Phrase } from '../../l10n/phrase';
import { startWithComments } from '../../rules/shared/lines';
import { lineEndOf } from '../../rules/shared/runLayout';
import { applyEdits, type TextEdit } from '../../text/edits';

/** One stage of this file made into several: what builds, and what runs. */
export interface Split {
  /** The language or tool that it was made for: `Python`, `Go` … */
  readonly language: string;
  /** Stages before the final one, on the image that the author chose. */
  readonly builders: readonly BuilderStage[];
  readonly runtimeImage: string;
  /** The final stage's instructions. */
  readonly final: readonly string[];
  /** What a person should know before taking it. */
  readonly risk?: Phrase;
}

export interface BuilderStage {
  readonly name: string;
  /** What it is there for, as a comment. */
  readonly comment: string;
  readonly lines: readonly string[];
}

/** An instruction as it is written, with the comments right above it, without trailing line end. */
export function sourceOf({ text }: DockerfileModel, node: Instruction): string {
  const start = startWithComments(text, node.span.start);
  return text.slice(start, node.span.end).trimEnd();
}

/** The same with edits of the file applied that lie inside it. */
export function editedSource(dockerfile: DockerfileModel, node: Instruction, edits: readonly TextEdit[]): string {
  const start = startWithComments(dockerfile.text, node.span.start);
  const moved = edits.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return applyEdits(dockerfile.text.slice(start, node.span.end), moved).trimEnd();
}

/** The edit that puts the split in the stage's place. */
export function composeSplit(dockerfile: DockerfileModel, stage: Stage, split: Split): TextEdit {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const { from } = stage;
  const image = from.args[0]?.span ?? from.span;
  const keyword = text.slice(from.span.start, image.start);
  const as = /[a-z]/.test(text.slice(from.keywordSpan.start, from.keywordSpan.end)) ? 'as' : 'AS';
  const written = text.slice(image.start, image.end);
  const builders = split.builders.map(({ name, comment, lines }) =>
    [`# ${comment}`, `${keyword}${written} ${as} ${name}`, ...lines].join(eol),
  );
  const end = (stage.instructions.at(-1) ?? from).span.end;
  const final = [
    '# The image that runs, without the build tools',
    `${keyword}${split.runtimeImage}${text.slice(image.end, from.span.end)}`,
    ...split.final,
  ];
  const newText = [...builders, final.join(eol)].join(`${eol}${eol}`);
  return { span: { start: from.span.start, end }, newText: newText.replace(/\r?\n/g, eol) };
}

/** True when another user than root is in force before `offset`: what it builds belongs to it and lies in its home. */
export function switchesUserBefore({ instructions }: Stage, offset: number): boolean {
  const user = instructions.findLast(({ keyword, span }) => keyword === 'USER' && span.start < offset);
  return user !== undefined && !/^(?:root|0+)(?::|$)/.test(user.args[0]?.value ?? '');
}

/** A name for a new stage that no stage of the file has. */
export function freeStageName({ stages }: DockerfileModel, wanted: string): string {
  const taken = new Set(stages.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Their scripts write into a folder for manuals, which slim images lack. */
const WANTS_MANUALS = /^(?:openjdk-\d+-(?:jre|jdk)|default-(?:jre|jdk)|postgresql-client)/;

export function wantsManuals(packages: readonly string[]): boolean {
  return packages.some((name) => WANTS_MANUALS.test(name));
}

/** RUN that installs packages of the site's distribution and leaves no lists behind. */
export function installOf({ facts }: Site, packages: readonly string[]): string {
  if (facts.distro !== 'alpine') return aptInstall(packages);
  return `RUN apk add --no-cache ${[...new Set(packages)].sort().join(' ')}`;
}

export function aptInstall(packages: readonly string[]): string {
  const list = [...new Set(packages)].sort();
  return `RUN ${[
    ...(wantsManuals(list) ? ['mkdir -p /usr/share/man/man1 /usr/share/man/man7'] : []),
    'apt-get update',
    `apt-get install -y --no-install-recommends ${list.join(' ')}`,
    'rm -rf /var/lib/apt/lists/*',
  ].join(' \\\n    && ')}`;
}
