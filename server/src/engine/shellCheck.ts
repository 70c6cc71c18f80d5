/** ShellCheck's comments on scripts. The engine asks for them; the host that runs the program answers. */
export interface ShellCheck {
  /** Undefined while the answer is unknown: then nothing is reported. */
  commentsOn(request: ShellCheckRequest): readonly ShellCheckComment[] | undefined;
}

/** One script as passed to `shellcheck --shell=<dialect> -`. */
export interface ShellCheckRequest {
  readonly dialect: 'bash' | 'dash';
  readonly text: string;
}

/**
 * As in `shellcheck --format=json1`: lines and columns start at one, columns count code points, a tab counts as one.
 */
export interface ShellCheckComment extends ShellCheckRange {
  readonly level: 'error' | 'warning' | 'info' | 'style';
  readonly code: number;
  readonly message: string;
  readonly fix?: { readonly replacements: readonly ShellCheckReplacement[] } | null;
}

export interface ShellCheckRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ShellCheckReplacement extends ShellCheckRange {
  readonly replacement: string;
  /** When several are at the same place, the higher one goes first. */
  readonly precedence: number;
}

/**
 * Checks that do not apply to scripts in images: sourced files are in the image, not here (SC1090, SC1091), the dialect
 * is given (SC2148, SC2187), and an instruction has no shebang (SC2239).
 */
export const SHELLCHECK_EXCLUDED = 'SC1090,SC1091,SC2148,SC2187,SC2239';

/** Parses the output of `--format=json1`; undefined when it is not valid. */
export function parseShellCheckOutput(output: string): readonly ShellCheckComment[] | undefined {
  try {
    const { comments } = JSON.parse(output) as { comments?: unknown };
    return Array.isArray(comments) ? (comments as ShellCheckComment[]) : undefined;
  } catch {
    return undefined;
  }
}
