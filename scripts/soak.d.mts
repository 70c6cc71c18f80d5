export function soak(
  steps: number,
  options?: { readonly documents?: number; readonly seed?: number },
): Promise<{ readonly steps: number; readonly answers: number; readonly problems: readonly string[] }>;
