import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A registry's answer, kept with its ETag. */
export interface KeptAnswer {
  readonly etag: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: unknown;
}

/**
 * Caches registry answers on disk, one file each; without a folder, in memory. Unreadable or unwritable files count as
 * missing.
 */
export class AnswerCache {
  readonly #memory = new Map<string, KeptAnswer>();

  constructor(private readonly folder: string | undefined) {}

  get(key: string): KeptAnswer | undefined {
    const kept = this.#memory.get(key);
    if (kept || this.folder === undefined) return kept;
    try {
      const { key: named, etag, at, value } = JSON.parse(readFileSync(this.#path(key), 'utf8'));
      if (named !== key || typeof at !== 'number') return undefined;
      const read = { etag: typeof etag === 'string' ? etag : undefined, at, value };
      this.#memory.set(key, read);
      return read;
    } catch {
      return undefined;
    }
  }

  set(key: string, kept: KeptAnswer): void {
    this.#memory.set(key, kept);
    if (this.folder === undefined) return;
    try {
      mkdirSync(this.folder, { recursive: true });
      const path = this.#path(key);
      // Never leaves a half-written file, even with several windows open.
      writeFileSync(`${path}.${process.pid}`, JSON.stringify({ key, ...kept }));
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // The next window will ask again.
    }
  }

  #path(key: string): string {
    return join(this.folder ?? '', `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  }
}
