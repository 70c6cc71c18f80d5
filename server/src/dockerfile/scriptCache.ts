import type { ShellScript } from '../shell/script';
import { detached } from '../text/detached';

/** Scripts by the text of their instruction, so that typing reparses only the RUN that changed. */
export interface ScriptCache {
  get(source: string): CachedScript | undefined;
  set(source: string, entry: CachedScript): void;
}

export interface CachedScript {
  readonly script: ShellScript;
  /** The offset of the instruction when its script was parsed. */
  readonly start: number;
}

/** Keeps the most recently used scripts up to a total number of characters: about 18 MB when full. */
export function createScriptCache(limit = 256 * 1024): ScriptCache {
  const entries = new Map<string, CachedScript>();
  let length = 0;
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
      if (!entries.has(source)) length += source.length;
      entries.set(detached(source), entry);
      for (const oldest of entries.keys()) {
        if (length <= limit || oldest === source) break;
        entries.delete(oldest);
        length -= oldest.length;
      }
    },
  };
}
