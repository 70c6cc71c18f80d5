/** What ShellCheck says of scripts, for the engine to ask; whoever runs the program answers. */
export interface ShellCheck {
  /** Undefined while it is not known: nothing is reported then. */
  commentsOn(request: ShellCheckRequest): readonly ShellCheckComment[] | undefined;
}

/** One script as it is handed to `shellcheck --shell=<dialect> -`. */
export interface ShellCheckRequest {
  readonly dialect: 'bash' | 'dash';
  readonly text: string;
}

/** As in `shellcheck --format=json1`: lines and columns from one, columns in code points, tabs are one. */
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
  /** Of several at one place the higher goes first. */
  readonly precedence: number;
}

/**
 * Not of scripts in images: files that a script sources are in the image, not here (SC1090, SC1091), the dialect is given
 * (SC2148, SC2187), and an instruction has no shebang (SC2239).
 */
export const SHELLCHECK_EXCLUDED = 'SC1090,SC1091,SC2148,SC2187,SC2239';

/** The answer of `--format=json1`; undefined when it is none. */
export function parseShellCheckOutput(output: string): readonly ShellCheckComment[] | undefined {
  try {
    const { comments } = JSON.parse(output) as { comments?: unknown };
    return Array.isArray(comments) ? (comments as ShellCheckComment[]) : undefined;
  } catch {
    return undefined;
  }
}
