import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../system/findProgram';
import { type ProgramEnd, runProgram } from '../../system/runProgram';
import { readPipe } from '../readPipe';
import { makeOwnedFolder } from './ownedFolder';

/**
 * Runs a program that writes to a named file, and reads its output as it is written, without storing it on disk.
 * Standard output does not work: Node.js gives its child processes a socket there, which cannot be opened by name.
 */
export async function withNamedPipe(
  read: (output: AsyncIterable<Uint8Array>) => Promise<void>,
  run: (pipe: string) => Promise<ProgramEnd>,
): Promise<ProgramEnd> {
  const folder = makeOwnedFolder();
  try {
    const pipe = join(folder, 'image');
    const made = await makePipe(pipe);
    if (made.how !== 'exited' || made.code !== 0) return made;
    // This way, opening does not block either end. The reader does not see the end of file while our writing end is
    // open.
    const output = readPipe(openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK));
    const held = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    const failure = read(output).then(
      () => undefined,
      (error: unknown) => {
        // The program's next write fails, which ends it.
        output.destroy();
        return { error, isWhole: output.isWhole };
      },
    );
    const end = await run(pipe);
    closeSync(held);
    const failed = await failure;
    if (!failed || end.how !== 'exited' || (failed.isWhole && end.code !== 0)) return end;
    return { how: 'unread', error: failed.error };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makePipe(path: string): Promise<ProgramEnd> {
  const program = findProgram('mkfifo');
  if (program === undefined) return Promise.resolve({ how: 'not-started', reason: 'mkfifo' });
  const signal = new AbortController().signal;
  return runProgram({ program, args: [path], signal, timeLimitMs: 5000, outputLimitBytes: 1024 });
}
