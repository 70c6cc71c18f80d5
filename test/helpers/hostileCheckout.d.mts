export function hostileFiles(): {
  readonly files: Readonly<Record<string, string>>;
  readonly programs: readonly string[];
};
export function wasPwned(folder: string): boolean;
