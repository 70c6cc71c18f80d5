import { homedir } from 'node:os';
import { join } from 'node:path';
import { AnswerCache } from '../registry/answerCache.node';
import type { ValueStore } from '../reports/keptScans';

/** For clients that send no folder of their own. */
export const CACHE: string = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockerfile-optimizer');

export function openStore(kind: string, folder: string = CACHE): ValueStore {
  const cache = new AnswerCache(join(folder, kind));
  return {
    get: (key) => cache.get(key)?.value,
    set: (key, value) => cache.set(key, { etag: undefined, at: Date.now(), value }),
  };
}
