import { open } from 'node:fs/promises';

/**
 * Writes parts to a file. Parts may share a buffer, as those of `readPipe` do: each is written before the next is
 * requested.
 */
export async function writeParts(path: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
