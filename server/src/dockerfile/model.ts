import type { ShellScript } from '../shell/script';
import type { Span } from '../text/span';
import type { Word } from '../text/word';

export interface DockerfileModel {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** All comments, also those between the lines of one instruction; never lines of a heredoc. */
  readonly comments: readonly Comment[];
  /** ARGs before the first FROM. */
  readonly globalArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** Source order, all stages, ONBUILD itself and not its trigger. */
  readonly instructions: readonly Instruction[];
  readonly errors: readonly ParseError[];
  /** Over a limit: nothing else is known of it. */
  readonly isUnread: boolean;
}

export interface ParseError {
  readonly kind:
    | 'unterminated-heredoc'
    | 'unknown-instruction'
    | 'no-from'
    | 'missing-argument'
    /** Over a limit: nothing of such a file is read. */
    | 'too-long'
    | 'long-line'
    | 'long-instruction'
    | 'many-instructions'
    | 'many-stages';
  /** What the message names: the heredoc's delimiter, the unknown keyword, the limit … */
  readonly name: string;
  readonly span: Span;
}

/** `# syntax=`, `# escape=`, `# check=` at the head of the file. */
export interface Directive {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

export interface Comment {
  /** After the `#`, trimmed. */
  readonly text: string;
  /** From the `#` to the end of the line, without the line end. */
  readonly span: Span;
}

export interface Stage {
  readonly index: number;
  /** AS name, in lower case as BuildKit does. */
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly from: Instruction;
  readonly base: StageBase;
  /** Without FROM. */
  readonly instructions: readonly Instruction[];
  /** FROM x, COPY --from=x, RUN --mount=from=x anywhere in the file. */
  readonly usedBy: readonly Instruction[];
  /** The last stage: what `docker build` makes without --target. */
  readonly isFinal: boolean;
}

export type StageBase =
  | { readonly kind: 'image'; readonly image: ImageReference }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  /** A build context that the builder is given by this name. */
  | { readonly kind: 'context' }
  /** A variable without a value, or text that is no image reference. */
  | { readonly kind: 'unresolved' };

/** `registry.io:5000/team/app:1.2@sha256:…`, variables expanded. */
export interface ImageReference {
  /** As written in the reference, e.g. `ghcr.io`; undefined means Docker Hub by default. */
  readonly registry?: string;
  /** Without registry, `library/` dropped: `python`, `bitnami/redis`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /** The reference in the document, e.g. to replace it. */
  readonly span: Span;
  /** Where the tag stands, without `:`; undefined when there is none or it comes out of a variable. */
  readonly tagSpan?: Span;
  /** False when a variable had a part in it: then the text in the document is not the reference. */
  readonly isLiteral: boolean;
}

export type ShellLanguage = 'sh' | 'bash' | 'powershell' | 'cmd' | 'other';

export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Through continuations and heredoc terminators, without the last line end. */
  readonly span: Span;
  /** Undefined before the first FROM. */
  readonly stage: Stage | undefined;
  /** The instruction inside ONBUILD; its `onbuild` is true. */
  readonly trigger: Instruction | undefined;
  readonly onbuild: boolean;
  readonly flags: readonly Flag[];
  /** Words after the flags: JSON items in exec form, `k=v` words for ENV/ARG/LABEL, all words of the line in shell form. */
  readonly args: readonly Word[];
  /** For ENV, ARG and LABEL: the pairs; empty for others. */
  readonly pairs: readonly Pair[];
  readonly form: 'shell' | 'exec' | 'heredoc' | 'none';
  /** What follows the flags, to the end of the last line (without heredoc bodies); empty at the instruction's end when there is nothing. */
  readonly body: Span;
  /** The text of `body` as one line, without escape characters, line ends and comments. */
  readonly bodyText: string;
  readonly heredocs: readonly Heredoc[];
  /** How the shell form of this instruction is run: SHELL, the escape directive and the base image decide. */
  readonly shell: ShellLanguage;
  /** RUN, CMD, ENTRYPOINT, HEALTHCHECK CMD in shell or heredoc form (also `sh -c` in exec form, and an exec-form RUN of plain words as one command); undefined for PowerShell and cmd. */
  readonly script: ShellScript | undefined;
  /** The text that `script` was read from, as the shell is given it. */
  readonly scriptText: ScriptText | undefined;
  /** ARG/ENV visible here, through parent stages. */
  resolve(name: string): Resolved | undefined;
  /** Text with its variables put in by BuildKit's rules; undefined when one has no known value. */
  expand(text: string): string | undefined;
}

export interface ScriptText {
  readonly text: string;
  /** By SHELL, `bash -c` or a heredoc's shebang; else the image's `sh`. */
  readonly isBash: boolean;
  /** Where a part of it stands in the document. */
  spanOf(start: number, end: number): Span;
}

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly value?: string;
  readonly span: Span;
  /** Of `--mount=type=cache,target=/x,ro`: type → cache, target → /x, ro → ''. */
  readonly options: ReadonlyMap<string, string>;
}

export interface Pair {
  readonly name: string;
  readonly nameSpan: Span;
  /** Without quotes; undefined for `ARG NAME`. */
  readonly value: string | undefined;
  /** As written, quotes kept: what `expand` takes. */
  readonly valueText?: string;
  readonly valueSpan?: Span;
  /** `ENV name value` without `=`. */
  readonly isLegacy: boolean;
  readonly span: Span;
}

export interface Heredoc {
  readonly name: string;
  /** The `<<-"EOF"` in the instruction's line. */
  readonly opener: Span;
  /** The lines between, the last line end included. */
  readonly content: Span;
  /** The delimiter was not quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs go. */
  readonly stripTabs: boolean;
  readonly isTerminated: boolean;
}

export interface Resolved {
  /** Undefined when it is declared without a value. */
  readonly value: string | undefined;
  readonly definedAt?: Instruction;
  readonly kind: 'arg' | 'env' | 'predefined';
}
