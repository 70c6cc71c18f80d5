import { request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpCheck } from '../engine/verifySettings';
import type { HttpAnswer } from '../reports/verification';
import type { Neighbor } from './neighbor';
import { normalize } from './normalize';
import { conceal } from './secrets';
import { answerLimitMs, type Timing } from './timeLimits';

const TRIES = 3;
const BODY_LIMIT = 64 * 1024;

const NO_ANSWER = { status: 0, type: '', body: '' };

/** `GET :8000/items` */
export function nameOf(port: number, { method, path }: HttpCheck): string {
  return `${method} :${port}${path}`;
}

/** The answer to a request; its status is 0 if there is none, as with ports that do not speak HTTP. */
export async function askHttp(
  neighbor: Neighbor,
  port: number,
  check: HttpCheck,
  { secrets, signal, ...timing }: Timing & { readonly secrets: readonly string[]; readonly signal: AbortSignal },
): Promise<HttpAnswer> {
  const request = nameOf(port, check);
  for (let tried = 1; ; tried++) {
    const answer = await ask(neighbor, port, check, signal, answerLimitMs(timing)).catch(() => undefined);
    if (answer) return { request, ...comparable(answer, secrets), ...wanted(answer, check) };
    if (tried === TRIES || signal.aborted) return { request, ...NO_ANSWER, ...wanted(NO_ANSWER, check) };
    await wait(300);
  }
}

function ask(
  neighbor: Neighbor,
  port: number,
  { method, path, body: sentBody }: HttpCheck,
  signal: AbortSignal,
  limitMs: number,
): Promise<Omit<HttpAnswer, 'request'>> {
  return new Promise((resolve, reject) => {
    const connection = neighbor.connect(port);
    const json = /^\s*[[{]/.test(sentBody ?? '') ? { 'content-type': 'application/json' } : {};
    const headers = { host: `localhost:${port}`, connection: 'close', ...json };
    const sent = send({ method, path, headers, signal, createConnection: () => connection }, (response) => {
      let body = '';
      const done = () => {
        const type = response.headers['content-type']?.split(';')[0] ?? '';
        resolve({ status: response.statusCode ?? 0, type, body });
        connection.destroy();
      };
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
        // An endless stream is compared by its start.
        if (body.length > BODY_LIMIT) done();
      });
      response.on('end', done).on('error', done);
    });
    const timer = setTimeout(() => connection.destroy(new Error('no answer')), limitMs);
    sent.on('error', reject).on('close', () => clearTimeout(timer));
    sent.end(sentBody);
  });
}

/** Space does not count: it differs after the blank line in a source file. Neither do hashes in names of files. */
function comparable({ body, ...answer }: typeof NO_ANSWER, secrets: readonly string[]): typeof NO_ANSWER {
  // With traces of the program's stack, and what else an error knows of the image.
  if (answer.status >= 500) return { ...answer, body: '' };
  const text = normalize(conceal(body, secrets).slice(0, BODY_LIMIT))
    .replace(/\s{1,100}/g, ' ')
    .trim();
  return { ...answer, body: text.replace(/[-.][\w-]{8,64}(?=\.(?:m?js|css)\b)/g, '-<hash>') };
}

function wanted(answer: typeof NO_ANSWER, { status, contains }: HttpCheck): { readonly isWanted?: boolean } {
  if (status === undefined && contains === undefined) return {};
  return { isWanted: (status ?? answer.status) === answer.status && answer.body.includes(contains ?? '') };
}
