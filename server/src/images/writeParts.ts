import { open } from 'node:fs/promises';

/** Writes a file of parts that are only lent, as those of `readPipe`: each is written before the next is asked for. */
export async function writeParts(path: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
