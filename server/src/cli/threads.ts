import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { LINT_PART } from './arguments';
import type { LintedFile } from './formatters/reporter';
import { lintFile } from './lintFile';
import type { Session } from './session';

/** Files that a thread gets at a time. */
export interface Part {
  readonly index: number;
  readonly paths: readonly string[];
}

export interface LintedPart {
  readonly index: number;
  readonly files: readonly LintedFile[];
  /** What the session of the thread has failed at. */
  readonly failures: readonly string[];
}

/** What a thread says: that it has started, or what it has found. */
export type ThreadMessage = 'ready' | LintedPart;

/** Beside the bundle. */
const PROGRAM = join(__dirname, 'cli.js');
const PART_LENGTH = 16;
/** A thread must not wait until this one looks at its answers. */
const PARTS_AHEAD = 3;
const MOST_THREADS = 4;

/** Lints many files on all processors, this thread among them, and returns them in their order. */
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
        // Answers come in between.
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
  compileLess();
  return {
    /** Resolves with the next message, or when a thread has ended. */
    news: () =>
      new Promise<void>((resolve) => {
        tell = resolve;
      }),
    stop() {
      for (const worker of workers) void worker.terminate();
      // What V8 has compiled is kept for runs with the same flags alone.
      setFlagsFromString('--opt');
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
        compileLess();
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
    // This thread does what one that has failed leaves.
    worker.on('error', () => {});
    worker.on('exit', () => {
      workers.delete(worker);
      waiting.unshift(...ahead.splice(0));
      tell();
    });
  }

  /** V8 would take more time to optimize what runs than these files take; a thread that starts reads code with all flags as they were. */
  function compileLess(): void {
    if (starting === 0) setFlagsFromString('--no-opt');
  }
}
