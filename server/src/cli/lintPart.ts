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
  port.on('message', ({ index, paths }: Part) => {
    const files = paths.map((path) => lintFile(session, path));
    const part: LintedPart = { index, files, failures: [...session.failures] };
    say(part);
  });
  say('ready');
}
