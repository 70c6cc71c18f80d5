import type { ShellCheck, ShellCheckComment, ShellCheckRequest } from '../engine/shellCheck';
import type { ShellCheckRunner } from '../host/host';

/** How long after the last keystroke scripts are checked. */
const DELAY_MS = 400;
const MAX_ANSWERS = 1000;

export interface ShellChecks {
  /** For a new analysis of a document: drops the requests of its previous text. */
  of(uri: string): ShellCheck;
  /** Runs the program for requests without an answer; calls `onAnswers` when there are new ones. */
  runWanted(program: string): void;
  dispose(): void;
}

/**
 * Answers from earlier runs, and queues the requests that they do not cover. A program that cannot be started is
 * reported once and not started again.
 */
export function createShellChecks(
  run: ShellCheckRunner,
  onAnswers: () => void,
  log: (message: string) => void,
): ShellChecks {
  const answers = new Map<string, readonly ShellCheckComment[]>();
  const wanted = new Map<string, Map<string, ShellCheckRequest>>();
  const broken = new Set<string>();
  let isNew = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const runAll = async (program: string): Promise<void> => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const requests = new Map([...wanted.values()].flatMap((one) => [...one]));
    wanted.clear();
    let hasNew = false;
    for (const [key, request] of requests) {
      const answer = await run(program, request, controller.signal);
      if (controller.signal.aborted) return;
      if (!answer.ok) {
        broken.add(program);
        log(`ShellCheck (${program}) is not used: ${answer.reason}`);
        break;
      }
      remember(key, answer.comments);
      hasNew = true;
    }
    if (hasNew) onAnswers();
  };
  const remember = (key: string, comments: readonly ShellCheckComment[]): void => {
    answers.set(key, comments);
    const oldest = answers.keys().next();
    if (answers.size > MAX_ANSWERS && !oldest.done) answers.delete(oldest.value);
  };
  return {
    of(uri) {
      const missing = new Map<string, ShellCheckRequest>();
      wanted.set(uri, missing);
      return {
        commentsOn(request) {
          const key = `${request.dialect}\n${request.text}`;
          const known = answers.get(key);
          if (!known) {
            missing.set(key, request);
            isNew = true;
          }
          return known;
        },
      };
    },
    runWanted(program) {
      // A repeated request for the same text does not restart the delay.
      if (!isNew) return;
      isNew = false;
      clearTimeout(timer);
      if (broken.has(program)) wanted.clear();
      else timer = setTimeout(() => void runAll(program), DELAY_MS);
    },
    dispose() {
      clearTimeout(timer);
      running?.abort();
    },
  };
}
