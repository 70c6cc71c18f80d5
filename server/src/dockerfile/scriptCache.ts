import type { ShellScript } from '../shell/script';

/** Scripts by the text of their instruction: typing then parses the one RUN that changed. */
export interface ScriptCache {
  get(source: string): CachedScript | undefined;
  set(source: string, entry: CachedScript): void;
}

export interface CachedScript {
  readonly script: ShellScript;
  /** Where the instruction stood when its script was parsed. */
  readonly start: number;
}

/** Keeps the `limit` scripts used last. */
export function createScriptCache(limit = 4096): ScriptCache {
  const entries = new Map<string, CachedScript>();
  return {
    get(source) {
      const entry = entries.get(source);
      if (entry) {
        entries.delete(source);
        entries.set(source, entry);
      }
      return entry;
    },
    set(source, entry) {
      entries.set(source, entry);
      if (entries.size <= limit) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
  };
}
