import { isMainThread, parentPort } from 'node:worker_threads';
import { lintFile } from './lintFile';
import type { Session } from './session';
import type { LintedPart, Part, ThreadMessage } from './threads';

export { isMainThread };

/** A worker thread of `lint`: it lints the files that it is sent until it is terminated. */
export function lintPart(session: Session): void {
  const port = parentPort;
  if (!port) return;
  const say = (message: ThreadMessage) => port.postMessage(message);
  let reported = 0;
  port.on('message', ({ index, paths }: Part) => {
    const files = paths.map((path) => lintFile(session, path));
    const part: LintedPart = { index, files, failures: [...session.failures].slice(reported) };
    reported = session.failures.size;
    say(part);
  });
  say('ready');
}
