export interface Sample {
  readonly name: string;
  /** What tells the framework, in Markdown. */
  readonly by: string;
  readonly files: Readonly<Record<string, string>>;
  readonly dockerfile: string;
}

export const SAMPLES: readonly Sample[];
