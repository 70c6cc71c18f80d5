import type { Span } from '../text/span';
import type { Word } from '../text/word';

/** What a shell runs for one instruction. All spans are document spans, through continuations, comments and heredocs. */
export interface ShellScript {
  /** The outermost sequence of the script. */
  readonly chain: ShellChain;
  /** Every simple command in the order it stands, including `$(…)`, bodies of if/for/case, groups and subshells. */
  readonly commands: readonly ShellCommand[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}

/** `a && b || c ; d`: items a, b, c, d and the three operators between them. A pipeline is one item. */
export interface ShellChain {
  readonly items: readonly ShellItem[];
  /** operators[i] stands between items[i] and items[i + 1]; a trailing `;` or `&` is one more at the end. */
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
  /** All commands inside, however deep. */
  readonly commands: readonly ShellCommand[];
}

export interface ShellCommand {
  /** Without quotes and folder; what wrappers (sudo, env, time, command, exec, nice, xargs …) run. '' when it is not known before it runs. */
  readonly name: string;
  /** The command's words from its name on: words[0] is the name; words of wrappers are in `wrappers`. */
  readonly words: readonly Word[];
  /** `sudo -E` in `sudo -E apt-get update`, in order, names and options alike. */
  readonly wrappers: readonly Word[];
  /** `A=1` in `A=1 make`, also those after `env`. */
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** From the first assignment or wrapper to the last word or redirect. */
  readonly span: Span;
  /** The innermost sequence it stands in, and which of its items holds it. */
  readonly chain: ShellChain;
  readonly itemIndex: number;
  /** Its place in its pipeline; length 1 outside one. */
  readonly pipeline: { readonly index: number; readonly length: number };
  /** Inside if/case/for/while/function or after `||`: it may not run, or run more than once. */
  readonly isConditional: boolean;
  /** Inside `$(…)`, backticks or `<(…)`. */
  readonly isSubstitution: boolean;
}

export interface Assignment {
  readonly name: string;
  /** Without quotes; undefined when it holds an expansion. */
  readonly value: string | undefined;
  readonly span: Span;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `2>`, `&>`, `<<`, `<<<` … as written, with its file descriptor. */
  readonly operator: string;
  readonly target?: Word;
  readonly span: Span;
}
