import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const START_LIMIT_MS = 30_000;
const CHECKS = { http, file, health, stop };

/** A running container with the checks of an app.json. */
export class Container {
  #env;
  #id;

  constructor(env, id) {
    this.#env = env;
    this.#id = id;
  }

  /** The problem that one check finds; undefined if it passes. */
  async problem(check) {
    const [kind, wanted] = Object.entries(check)[0];
    if (!Object.hasOwn(CHECKS, kind))
      throw new Error(`app.json has a check ${kind}; known are run, ${Object.keys(CHECKS).join(', ')}`);
    return CHECKS[kind](this, wanted);
  }

  /** Standard output and standard error. */
  log() {
    const { stdout, stderr } = this.docker('logs', this.#id);
    return stdout + stderr;
  }

  state() {
    return JSON.parse(this.docker('inspect', '--format', '{{json .State}}', this.#id).stdout);
  }

  /** A file in the container as text, even without a shell in it; undefined if it does not exist. */
  read(path) {
    const { status, stdout } = this.docker('cp', '--follow-link', `${this.#id}:${path}`, '-');
    return status === 0 ? stdout : undefined;
  }

  stop() {
    this.docker('stop', '--time', '10', this.#id);
  }

  remove() {
    this.docker('rm', '--force', '--volumes', this.#id);
  }

  docker(...args) {
    return spawnSync('docker', args, { env: this.#env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  }
}

/** `{ port, path, method, send, status, body, includes }`: a request, retried until something answers. */
async function http(_, { port, path, method = 'GET', send, status = 200, body, includes }) {
  const until = Date.now() + START_LIMIT_MS;
  let last = 'no answer';
  while (Date.now() < until) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        ...(send === undefined ? {} : { body: send }),
        signal: AbortSignal.timeout(5000),
      });
      const text = await answer.text();
      const isRight =
        answer.status === status &&
        (body === undefined || text === body) &&
        (includes === undefined || text.includes(includes));
      return isRight ? undefined : `${path} answers ${answer.status} ${JSON.stringify(text.slice(0, 200))}`;
    } catch (error) {
      last = `no answer: ${error.message}`;
    }
    await wait(200);
  }
  return last;
}

/** `{ path, includes }`: a file that the program has written. */
async function file(container, { path, includes = '' }) {
  const text = container.read(path);
  if (text === undefined) return `${path} is not there`;
  return text.includes(includes) ? undefined : `${path} does not hold ${JSON.stringify(includes)}`;
}

/** `"healthy"`: the result of its HEALTHCHECK. */
async function health(container, wanted) {
  const until = Date.now() + START_LIMIT_MS;
  let last;
  while (Date.now() < until) {
    last = container.state().Health?.Status;
    if (last === wanted) return undefined;
    await wait(300);
  }
  return `its health is ${last}, not ${wanted}`;
}

/** `{ exitCode }`: SIGTERM reaches the program, and it is not killed. */
async function stop(container, { exitCode }) {
  container.stop();
  const { ExitCode: found } = container.state();
  return found === exitCode ? undefined : `ends with ${found} when it is stopped, not with ${exitCode}`;
}
