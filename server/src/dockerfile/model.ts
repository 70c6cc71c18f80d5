import type { ShellScript } from '../shell/script';
import type { Span } from '../text/span';
import type { Word } from '../text/word';

export interface DockerfileModel {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** All comments, including those between the lines of one instruction, but never lines of a heredoc. */
  readonly comments: readonly Comment[];
  /** ARGs before the first FROM. */
  readonly globalArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** In source order, in all stages; ONBUILD itself, but not its trigger. */
  readonly instructions: readonly Instruction[];
  readonly errors: readonly ParseError[];
  /** The file exceeds a limit: it was not parsed. */
  readonly isUnread: boolean;
}

export interface ParseError {
  readonly kind:
    | 'unterminated-heredoc'
    | 'unknown-instruction'
    | 'no-from'
    | 'missing-argument'
    /** A limit is exceeded: such a file is not parsed at all. */
    | 'too-long'
    | 'long-line'
    | 'long-instruction'
    | 'many-instructions'
    | 'many-stages';
  /** What the message names: the delimiter of the heredoc, the unknown keyword, the limit … */
  readonly name: string;
  readonly span: Span;
}

/** `# syntax=`, `# escape=`, `# check=` at the head of the file. */
export interface Directive {
  /** In lower case. */
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
  /** The name after AS, in lower case like in BuildKit. */
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
  /** A named build context that is passed to the builder. */
  | { readonly kind: 'context' }
  /** A variable without a value, or text that is not an image reference. */
  | { readonly kind: 'unresolved' };

/** `registry.io:5000/team/app:1.2@sha256:…`, variables expanded. */
export interface ImageReference {
  /** As written in the reference, e.g. `ghcr.io`; undefined means the default, Docker Hub. */
  readonly registry?: string;
  /** Without the registry and `library/`: `python`, `bitnami/redis`. */
  readonly repository: string;
  /** As it is known wherever it comes from: a mirror's `python` is `python`. Other registries' images include the host. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  /** The position of the reference in the document, e.g. to replace it. */
  readonly span: Span;
  /** The position of the tag, without `:`; undefined when there is none or it comes from a variable. */
  readonly tagSpan?: Span;
  /** False when a variable is part of it: the text in the document then differs from the reference. */
  readonly isLiteral: boolean;
}

export type ShellLanguage = 'sh' | 'bash' | 'powershell' | 'cmd' | 'other';

export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Including continuations and heredoc terminators, without the last line end. */
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
  /**
   * What follows the flags, to the end of the last line (without heredoc bodies); an empty span at the end of the
   * instruction when nothing follows.
   */
  readonly body: Span;
  /** The text of `body` as one line, without escape characters, line ends and comments. */
  readonly bodyText: string;
  readonly heredocs: readonly Heredoc[];
  /** What runs the shell form of this instruction; depends on SHELL, the escape directive and the base image. */
  readonly shell: ShellLanguage;
  /**
   * The script of RUN, CMD, ENTRYPOINT or HEALTHCHECK CMD in shell or heredoc form. Also the script of `sh -c` in exec
   * form, and an exec-form RUN of plain words as one command. Undefined for PowerShell and cmd.
   */
  readonly script: ShellScript | undefined;
  /** The text that `script` was parsed from, as the shell gets it. */
  readonly scriptText: ScriptText | undefined;
  /** The ARG or ENV visible here, including those of parent stages. */
  resolve(name: string): Resolved | undefined;
  /** Expands variables by BuildKit's rules; undefined when one has no known value. */
  expand(text: string): string | undefined;
}

export interface ScriptText {
  readonly text: string;
  /** From SHELL, `bash -c` or the shebang of a heredoc; otherwise the `sh` of the image. */
  readonly isBash: boolean;
  /** The position of a part of it in the document. */
  spanOf(start: number, end: number): Span;
}

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly value?: string;
  readonly span: Span;
  /** From `--mount=type=cache,target=/x,ro`: type → cache, target → /x, ro → ''. */
  readonly options: ReadonlyMap<string, string>;
}

export interface Pair {
  readonly name: string;
  readonly nameSpan: Span;
  /** Without quotes; undefined for `ARG NAME`. */
  readonly value: string | undefined;
  /** As written, with quotes: the input of `expand`. */
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
  /** The lines in between, including the last line end. */
  readonly content: Span;
  /** The delimiter was not quoted. */
  readonly expand: boolean;
  /** `<<-`: drops leading tabs. */
  readonly stripTabs: boolean;
  readonly isTerminated: boolean;
}

export interface Resolved {
  /** Undefined for a declaration without a value. */
  readonly value: string | undefined;
  readonly definedAt?: Instruction;
  readonly kind: 'arg' | 'env' | 'predefined';
}
