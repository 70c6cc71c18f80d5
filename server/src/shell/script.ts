import type { Span } from '../text/span';
import type { Word } from '../text/word';

/** What a shell runs for one instruction. All spans are document spans, across continuations, comments and heredocs. */
export interface ShellScript {
  /** The outermost sequence of the script. */
  readonly chain: ShellChain;
  /** Every simple command in source order, including those in `$(…)`, bodies of if/for/case, groups and subshells. */
  readonly commands: readonly ShellCommand[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}

/** `a && b || c ; d`: items a, b, c, d and the three operators between them. A pipeline is one item. */
export interface ShellChain {
  readonly items: readonly ShellItem[];
  /** operators[i] stands between items[i] and items[i + 1]; a trailing `;` or `&` is one more operator at the end. */
  readonly operators: readonly ShellOperator[];
}

export interface ShellOperator {
  readonly text: '&&' | '||' | ';' | '&' | '\n';
  readonly span: Span;
}

export type ShellItemKind =
  | 'command'
  | 'pipeline'
  | 'group'
  | 'subshell'
  | 'if'
  | 'for'
  | 'while'
  | 'case'
  | 'function'
  | 'other';

export interface ShellItem {
  readonly kind: ShellItemKind;
  readonly span: Span;
  /** All commands inside, at any depth. */
  readonly commands: readonly ShellCommand[];
}

export interface ShellCommand {
  /**
   * The program that runs, without quotes and folder: behind wrappers (sudo, env, time, command, exec, nice, xargs …),
   * the wrapped one. '' when it is unknown before it runs.
   */
  readonly name: string;
  /** The words of the command starting with its name, words[0]; the words of wrappers are in `wrappers`. */
  readonly words: readonly Word[];
  /** `sudo -E` in `sudo -E apt-get update`, in order, both names and options. */
  readonly wrappers: readonly Word[];
  /** `A=1` in `A=1 make`, including those after `env`. */
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** From the first assignment or wrapper to the last word or redirect. */
  readonly span: Span;
  /** The innermost sequence that contains it, and the index of its item there. */
  readonly chain: ShellChain;
  readonly itemIndex: number;
  /** Its position in its pipeline; length 1 outside a pipeline. */
  readonly pipeline: { readonly index: number; readonly length: number };
  /** Inside if/case/for/while/function or after `||`: it may not run, or may run more than once. */
  readonly isConditional: boolean;
  /** Inside `$(…)`, backticks or `<(…)`. */
  readonly isSubstitution: boolean;
}

export interface Assignment {
  readonly name: string;
  /** Without quotes; undefined when it contains an expansion. */
  readonly value: string | undefined;
  readonly span: Span;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `2>`, `&>`, `<<`, `<<<` … as written, with its file descriptor. */
  readonly operator: string;
  readonly target?: Word;
  readonly span: Span;
}
