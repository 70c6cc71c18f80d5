import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LINT_PART } from './arguments';
import { compileAsUsual, compileLess } from './compileLess';
import type { LintedFile } from './formatters/reporter';
import { lintFile } from './lintFile';
import type { Session } from './session';

/** A batch of files for a thread. */
export interface Part {
  readonly index: number;
  readonly paths: readonly string[];
}

export interface LintedPart {
  readonly index: number;
  readonly files: readonly LintedFile[];
  /** The failures in the thread's session since its last batch. */
  readonly failures: readonly string[];
}

/** A message from a thread: it has started, or it has results. */
export type ThreadMessage = 'ready' | LintedPart;

/** Next to the bundle. */
const PROGRAM = join(__dirname, 'cli.js');
const PART_LENGTH = 16;
/** Keeps a thread busy until the main thread reads its results. */
const PARTS_AHEAD = 3;
const MOST_THREADS = 4;

/** Lints many files on several processors, including this thread, and yields them in order. */
export async function* lintOnThreads(session: Session, paths: readonly string[]): AsyncGenerator<LintedFile> {
  const parts: Part[] = [];
  for (let start = 0; start < paths.length; start += PART_LENGTH)
    parts.push({ index: parts.length, paths: paths.slice(start, start + PART_LENGTH) });
  const linted = new Map<number, readonly LintedFile[]>();
  const waiting = [...parts];
  const threads = startThreads(waiting, ({ index, files, failures }) => {
    for (const failure of failures) session.fail(failure);
    linted.set(index, files);
  });
  try {
    for (const { index } of parts) {
      while (!linted.has(index)) {
        const own = waiting.shift();
        if (own)
          linted.set(
            own.index,
            own.paths.map((path) => lintFile(session, path)),
          );
        else await threads.news();
        // Lets messages from the threads arrive.
        await setImmediate();
      }
      yield* linted.get(index) ?? [];
      linted.delete(index);
    }
  } finally {
    threads.stop();
  }
}

function startThreads(waiting: Part[], take: (part: LintedPart) => void) {
  const workers = new Set<Worker>();
  let starting = 0;
  let tell = () => {};
  for (let count = 1; count < Math.min(availableParallelism(), MOST_THREADS); count++) start();
  compileLessWhenReady();
  return {
    /** Resolves on the next message, or when a thread has ended. */
    news: () =>
      new Promise<void>((resolve) => {
        tell = resolve;
      }),
    stop() {
      for (const worker of workers) void worker.terminate();
      compileAsUsual();
    },
  };

  function start(): void {
    const worker = new Worker(PROGRAM, { argv: [LINT_PART, ...process.argv.slice(2)] });
    const ahead: Part[] = [];
    const give = () => {
      for (let part = waiting.shift(); part; part = ahead.length < PARTS_AHEAD ? waiting.shift() : undefined) {
        ahead.push(part);
        worker.postMessage(part);
      }
    };
    workers.add(worker);
    starting++;
    worker.on('message', (message: ThreadMessage) => {
      if (message === 'ready') {
        starting--;
        compileLessWhenReady();
      } else {
        ahead.splice(
          ahead.findIndex(({ index }) => index === message.index),
          1,
        );
        take(message);
      }
      give();
      tell();
    });
    // This thread takes over the files of a failed one.
    worker.on('error', () => {});
    worker.on('exit', () => {
      workers.delete(worker);
      waiting.unshift(...ahead.splice(0));
      tell();
    });
  }

  /** The threads need unchanged flags to read cached code. */
  function compileLessWhenReady(): void {
    if (starting === 0) compileLess();
  }
}
