import type { ShellCheck, ShellCheckComment, ShellCheckRequest } from '../engine/shellCheck';
import type { ShellCheckRunner } from '../host/host';

/** Scripts are checked this long after the last keystroke. */
const DELAY_MS = 400;
const MAX_ANSWERS = 1000;

export interface ShellChecks {
  /** For one more look at a document: what its last text wanted is forgotten. */
  of(uri: string): ShellCheck;
  /** Starts the program for what was asked in vain; `onAnswers` follows when there is something new. */
  runWanted(program: string): void;
  dispose(): void;
}

/** Answers from earlier runs; what they do not hold is wanted. A program that cannot be started is told once and left alone. */
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
      // Asking again for the same text puts nothing off.
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
