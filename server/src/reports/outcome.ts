export const ENGINE_KINDS = ['docker', 'podman', 'nerdctl', 'buildah'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** Which engine to use. */
export interface EngineChoice {
  readonly kind: EngineKind | 'auto';
  /** The program; undefined: found on PATH. */
  readonly path?: string | undefined;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Problem;

/** The reason for a failure. */
export interface Problem {
  readonly ok: false;
  readonly reason: string;
  /** A page that explains how to get what is missing. */
  readonly url?: string;
  /** The user cancelled it. */
  readonly isCancelled?: boolean;
  /** The engine itself failed, whatever it was asked to do. */
  readonly isEngineFault?: boolean;
  /** The 0-based line of the failed instruction, if the engine says. */
  readonly line?: number;
  /** The last lines that the engine wrote. */
  readonly output?: string;
}
