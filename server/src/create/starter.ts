import type { BuildContext } from '../engine/buildContext';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { type Phrase, phrase } from '../l10n/phrase';

/** Finds the programs of one language in a folder, each with the Dockerfile that a beginner would write for it. */
export type Starter = (folder: ProjectFolder) => readonly (Program | Lack)[];

export interface ProjectFolder {
  readonly context: BuildContext;
  readonly knowledge: KnowledgeBase;
}

export interface Program {
  /** The language, and which program where there are several: `go`, `go:cmd/api`. */
  readonly name: string;
  /** `FastAPI, Python 3.13` */
  readonly title: string;
  readonly lines: readonly StartLine[];
}

/** An instruction, and what in the folder asks for it. */
export interface StartLine {
  readonly text: string;
  readonly why: Phrase;
}

/** A project of the language whose image cannot be written. */
export interface Lack {
  readonly name: string;
  readonly why: Phrase;
}

export function line(text: string, why: Phrase): StartLine {
  return { text, why };
}

/** `WORKDIR` and `COPY . .`, as in every file. */
export function sources(workdir: string): StartLine[] {
  return [
    line(`WORKDIR ${workdir}`, phrase('Later instructions and the program run in this directory')),
    line('COPY . .', phrase('The project, without what .dockerignore excludes')),
  ];
}

/** `CMD ["node", "server.js"]` */
export function start(words: readonly string[], why: Phrase): StartLine {
  return line(`CMD [${words.map((word) => JSON.stringify(word)).join(', ')}]`, why);
}

/** `FastAPI, Python 3.13` */
export function titleOf(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** `go`, and `go:cmd/api` where there are several programs. */
export function programName(language: string, program: string, { length }: readonly unknown[]): string {
  return length === 1 ? language : `${language}:${program}`;
}

/** True for a path that a command of RUN takes as one word. */
export function isOneWord(path: string): boolean {
  return /^[\w./@+-]*$/.test(path);
}

/** The name of a file or folder would break the commands of a Dockerfile. */
export function badName(name: string, path: string): Lack {
  return { name, why: phrase('rename `{path}`: a command takes its name as several words', { path }) };
}

export function isProgram(one: Program | Lack): one is Program {
  return 'lines' in one;
}
