import { isBundle } from '../../app/recommendedUse';
import type { Site } from '../../app/site';
import { packageLines } from '../../commands/packageLines';
import { packageName, systemInstall } from '../../commands/systemPackages';
import { lineEndOf, separatorLike, writeRun } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { type Phrase, phrase } from '../../l10n/phrase';
import { applyEdits, type TextEdit } from '../../text/edits';
import { escapePattern } from '../../text/pattern';
import type { WriteComment } from '../transform';

/** One stage of the file split into several: builders and the final stage. */
export interface Split {
  /** Language or tool of the split: `Python`, `Go` … */
  readonly language: string;
  /** Stages before the final one, on the author's image. */
  readonly builders: readonly BuilderStage[];
  /** Comments to write above lines: what each line is for. */
  readonly notes?: ReadonlyMap<string, Phrase>;
  /** The image of the builders, if it differs from the one in the file. */
  readonly buildImage?: string;
  readonly runtimeImage: string;
  /** Instructions of the final stage. */
  readonly final: readonly string[];
  /** The command that CMD starts directly instead of through a package manager. */
  readonly start?: string;
  /** What the user should know before applying it. */
  readonly risk?: Phrase;
}

export interface BuilderStage {
  readonly name: string;
  /** The comment above the stage: what it is for. */
  readonly comment: Phrase;
  readonly lines: readonly string[];
}

/** The source of an instruction with the comments above it, without the trailing line ending. */
export function sourceOf(dockerfile: DockerfileModel, node: Instruction): string {
  return editedSource(dockerfile, node, []);
}

/** The same, with those edits applied that lie inside the instruction. */
export function editedSource(dockerfile: DockerfileModel, node: Instruction, edits: readonly TextEdit[]): string {
  const start = startWithComments(dockerfile.text, node.span.start);
  const apart = commentsApart(dockerfile, node, start);
  const moved = edits.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return (
    apart + applyEdits(dockerfile.text.slice(start, node.span.end), moved).trimEnd() + commentsBelow(dockerfile, node)
  );
}

/**
 * Comments right below an instruction that a blank line separates from the next instruction of its stage: they
 * describe the instruction above.
 */
function commentsBelow({ text }: DockerfileModel, node: Instruction): string {
  const next = node.stage?.instructions.find(({ span }) => span.start > node.span.start);
  const between = next ? text.slice(node.span.end, next.span.start) : '';
  return /^[ \t\r]{0,200}((?:\n[ \t]{0,200}#[^\n]*)+)\n[ \t]{0,200}\r?\n/.exec(between)?.[1] ?? '';
}

/** Comments further up that are not directly followed by an instruction: section titles and commented-out code. */
function commentsApart(dockerfile: DockerfileModel, node: Instruction, start: number): string {
  const lines = dockerfile.text.slice(endBefore(dockerfile, node), start).split('\n').slice(1);
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? '' : lines.slice(first).join('\n');
}

/** The end of the previous instruction, including the comments about it. */
function endBefore(dockerfile: DockerfileModel, node: Instruction): number {
  const { instructions } = dockerfile;
  const before = instructions.findLast(({ span }) => span.end <= node.span.start);
  return before ? before.span.end + commentsBelow(dockerfile, before).length : node.span.start;
}

/** The number of blank lines between an instruction with its comments and the text above. */
function gapBefore(dockerfile: DockerfileModel, node: Instruction): number {
  const between = dockerfile.text.slice(endBefore(dockerfile, node), node.span.start);
  const lines = between.split('\n').slice(1, -1);
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? lines.length : first;
}

/** The lines of a new stage. Lines keep the blank lines that stood before them in the file. */
export class StageLines {
  readonly #entries: { readonly line: string; readonly gap: number; isShown: boolean }[] = [];
  #gap = 0;

  constructor(private readonly dockerfile: DockerfileModel) {}

  get lines(): readonly string[] {
    let gap = 0;
    return this.#entries.flatMap((entry) => {
      gap = Math.max(gap, entry.gap);
      if (!entry.isShown) return [];
      const line = '\n'.repeat(gap) + entry.line;
      gap = 0;
      return [line];
    });
  }

  /** Gives the next line the blank lines that stand before this instruction in the file. */
  at(node: Instruction): void {
    this.#gap = Math.max(this.#gap, gapBefore(this.dockerfile, node));
  }

  push(...lines: readonly string[]): void {
    for (const line of lines) this.#add(line, true);
  }

  /** A line that belongs here only if something below needs it; the returned function shows it. */
  pushHidden(line: string): () => void {
    const entry = this.#add(line, false);
    return () => {
      entry.isShown = true;
    };
  }

  #add(line: string, isShown: boolean): { isShown: boolean } {
    const entry = { line, gap: this.#gap, isShown };
    this.#entries.push(entry);
    this.#gap = 0;
    return entry;
  }
}

/**
 * Drops a comment above a group of lines if only the first of them is also in this stage: it describes the other
 * stage.
 */
function withoutOthersComments(lines: readonly string[], others: readonly string[]): string[] {
  const bare = (line: string) => line.trimStart();
  const sectionAt = (all: readonly string[], at: number) => {
    const length = all.slice(at + 1).findIndex((line) => /^(?:\n|[ \t]*#)/.test(line));
    return all.slice(at, length < 0 ? all.length : at + 1 + length).map(bare);
  };
  return lines.map((line, index) => {
    const [comment = ''] = /^\s*(?:#.*(?:\n\s*|$))+/.exec(line) ?? [];
    const there = comment === '' ? -1 : others.findIndex((other) => bare(other) === bare(line));
    if (there < 0) return line;
    const here = sectionAt(lines, index);
    const [gap = ''] = /^\n*/.exec(line) ?? [];
    return sectionAt(others, there).every((other) => here.includes(other)) ? line : gap + line.slice(comment.length);
  });
}

/** The edit that replaces the stage with the split. */
export function composeSplit(dockerfile: DockerfileModel, stage: Stage, split: Split, comment: WriteComment): TextEdit {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const { from } = stage;
  const image = from.args[0]?.span ?? from.span;
  const keyword = text.slice(from.span.start, image.start);
  const as = /[a-z]/.test(text.slice(from.keywordSpan.start, from.keywordSpan.end)) ? 'as' : 'AS';
  const written = split.buildImage ?? text.slice(image.start, image.end);
  const first = stage.instructions[0];
  const gap = eol.repeat(first ? gapBefore(dockerfile, first) : 0);
  const above = startWithComments(text, from.span.start);
  const title = text.slice(above, from.span.start);
  const isOfFinal = (stage.index > 0 || /\bstage\b/i.test(title)) && OF_FINAL.test(title) && !/\bbuild/i.test(title);
  const noted = (line: string): string => {
    const bare = line.replace(/^\n+/, '');
    const note = split.notes?.get(bare);
    return note ? line.slice(0, -bare.length) + [...comment(note), bare].join(eol) : line;
  };
  const write = (above: readonly string[], head: string, lines: readonly string[]) =>
    [...above, head, ...lines.map((line, index) => noted(index === 0 ? gap + line.replace(/^\n+/, '') : line))].join(
      eol,
    );
  const builders = split.builders.map(({ name, comment: purpose, lines }) =>
    write(comment(purpose), `${keyword}${written} ${as} ${name}`, lines),
  );
  const others = split.builders.flatMap(({ lines }) => lines);
  const hasPassedName = split.builders.some(({ name }) => name === stage.name);
  const final = write(
    isOfFinal ? [title.trimEnd()] : comment(FINAL_COMMENT),
    `${keyword}${split.runtimeImage}${hasPassedName ? '' : text.slice(image.end, from.span.end)}${commentsBelow(dockerfile, from)}`,
    withoutOthersComments(split.final, others),
  );
  const end = (stage.instructions.at(-1) ?? from).span.end;
  const isOfFile = !isOfFinal && title.includes('#') && !OF_BASE.test(title);
  const newText = (isOfFile ? eol : '') + [...builders, final].join(`${eol}${eol}`);
  return { span: { start: isOfFinal ? above : from.span.start, end }, newText: newText.replace(/\r?\n/g, eol) };
}

export const FINAL_COMMENT = phrase('Final stage: what the app needs at run time');

/** A comment right above FROM that is about the base image, not the file. */
const OF_BASE = /\b(?:image|base|from|official|parent|stage|build(?:er)?|use|using)\b/i;
/** A comment about the running program: it moves with the final stage. */
const OF_FINAL = /#.{0,200}\b(?:run[- ]?time|runner|final|production|prod|release|deploy\w*)\b/i;

/**
 * True if a non-root user is active before `offset`: files that it builds belong to it and are in its home directory.
 */
export function switchesUserBefore({ instructions }: Stage, offset: number): boolean {
  const user = instructions.findLast(({ keyword, span }) => keyword === 'USER' && span.start < offset);
  return user !== undefined && !/^(?:root|0+)(?::|$)/.test(user.args[0]?.value ?? '');
}

/**
 * The name of the build stage: the author's `builder`, where one stage builds and runs and nothing builds it by that
 * name.
 */
export function buildStageName(site: Site): string {
  const { name = '', isFinal, usedBy } = site.stage;
  const isOwn = /^(?:build|builder|build-?stage|compile)$/i.test(name) && isFinal && usedBy.length === 0;
  return isOwn && !site.isNamed && !isTarget(site, name) ? name : freeStageName(site.dockerfile, 'build');
}

/** True if a file of the project builds the stage by its name. */
export function isTarget({ project }: Site, name: string): boolean {
  const target = new RegExp(`\\btarget["']?\\s{0,4}[ =:]\\s{0,4}["']?${escapePattern(name)}(?![\\w-])`);
  return [...project.files.keys()].some((path) => NAMES_TARGETS.test(path) && target.test(project.read(path) ?? ''));
}

/** Files that call `docker build --target`, or say which stage to build. */
const NAMES_TARGETS =
  /(?:^|\/)(?:[Mm]akefile|GNUmakefile|Taskfile|Jenkinsfile|justfile|package\.json|README[^/]*)$|\.(?:ya?ml|sh|bash|hcl|json|mk|tf|toml|ps1)$/i;

/** A name for a new stage that is not taken. The author's names stay, because `--target` may use them. */
export function freeStageName({ stages }: DockerfileModel, wanted: string): string {
  const taken = new Set(stages.map(({ name }) => name));
  const isClose = [...taken].some((name) => name?.startsWith('build'));
  if (wanted === 'build' && isClose && !taken.has('compile')) return 'compile';
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Their install scripts write into a manual directory that slim images lack. */
const WANTS_MANUALS = /^(?:openjdk-\d+-(?:jre|jdk)|default-(?:jre|jdk)|postgresql-client)/;

export function wantsManuals(packages: readonly string[]): boolean {
  return packages.some((name) => WANTS_MANUALS.test(name));
}

/** A RUN that installs packages of the site's distribution and leaves no package lists behind. */
export function installOf({ facts, dockerfile, stage }: Site, packages: readonly string[]): string {
  // On a slim image and on Ubuntu the author already installs them successfully, with or without that directory.
  const isAsWritten =
    (facts.variant === 'slim' || facts.distro === 'ubuntu') && !dockerfile.text.includes('/usr/share/man');
  if (facts.distro !== 'alpine') return aptInstall(dockerfile, packages, isAsWritten, bundlesOf(stage));
  return packageLines(dockerfile, 'RUN apk add --no-cache', [...new Set(packages)].sort());
}

/** Packages that the author installs together with those that they recommend, and whose useful part these are. */
function bundlesOf({ instructions }: Stage): ReadonlySet<string> {
  const commands = instructions.flatMap(({ script }) => script?.commands ?? []);
  const installs = commands.flatMap((command) => systemInstall(command) ?? []);
  const names = installs
    .filter((install) => !install.has('--no-install-recommends', '--without-recommends', '-R'))
    .flatMap(({ operands }) => operands.map(({ value }) => packageName(value)));
  return new Set(names.filter(isBundle));
}

export function aptInstall(
  dockerfile: DockerfileModel,
  packages: readonly string[],
  hasManuals: boolean = false,
  bundles: ReadonlySet<string> = new Set(),
): string {
  const list = [...new Set(packages)].sort();
  const [, lead = ''] = /\n([ \t]*)/.exec(separatorLike(dockerfile)) ?? [];
  const install = (options: string, names: readonly string[]): string[] =>
    names.length === 0
      ? []
      : [
          packageLines(
            dockerfile,
            `apt-get install ${options}`,
            names,
            `${lead}${lead.includes('\t') ? '\t' : '    '}`,
          ),
        ];
  return writeRun(dockerfile, [
    ...(!hasManuals && wantsManuals(list) ? ['mkdir -p /usr/share/man/man1 /usr/share/man/man7'] : []),
    'apt-get update',
    ...install(
      '-y --no-install-recommends',
      list.filter((name) => !bundles.has(packageName(name))),
    ),
    ...install(
      '-y',
      list.filter((name) => bundles.has(packageName(name))),
    ),
    'rm -rf /var/lib/apt/lists/*',
  ]);
}
