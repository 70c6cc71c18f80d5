import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that is removed when this process exits. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `dockerfile-optimizer-${name}-`));
  // Some callers create many folders.
  process.setMaxListeners(0);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}
