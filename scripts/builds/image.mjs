import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { capture } from '../process.mjs';

const BUILD_LIMIT_MS = 15 * 60_000;
const RUN_LIMIT_MS = 60_000;
const START_LIMIT_MS = 20_000;

/** One image of one app; all of it goes with `remove`. */
export class Image {
  #env;
  #tag;

  constructor({ env }, name) {
    this.#env = env;
    this.#tag = `dockerfile-optimizer-test/${name}`;
  }

  /** Builds a folder; throws with the end of the log. @returns {number} milliseconds */
  build(folder, { dockerfile = join(folder, 'Dockerfile'), noCache = false, secrets = {}, buildArgs = {} } = {}) {
    const values = Object.entries(secrets).flatMap(([id, value]) => {
      const file = join(folder, '..', `${id}-${process.pid}.secret`);
      writeFileSync(file, value);
      return ['--secret', `id=${id},src=${file}`];
    });
    const args = Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    const started = process.hrtime.bigint();
    const { status, stdout, stderr, error } = spawnSync(
      'docker',
      [
        'build',
        '--network',
        'host',
        '--progress',
        'plain',
        ...(noCache ? ['--no-cache'] : []),
        ...values,
        ...args,
        '-f',
        dockerfile,
        '-t',
        this.#tag,
        folder,
      ],
      { env: this.#env, encoding: 'utf8', timeout: BUILD_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
    );
    if (error || status !== 0) throw new Error(`does not build:\n${error?.message ?? (stdout + stderr).slice(-2500)}`);
    return Number((process.hrtime.bigint() - started) / 1_000_000n);
  }

  /** @returns {{ bytes: number, layers: number, user: string }} as Docker counts them */
  inspect() {
    const [image] = JSON.parse(capture('docker', ['image', 'inspect', this.#tag], { env: this.#env }));
    return { bytes: image.Size, layers: image.RootFS.Layers.length, user: image.Config.User ?? '' };
  }

  /** What it does that it should not; undefined when all checks hold. */
  async problem(checks) {
    for (const check of checks) {
      const problem = check.http ? await this.#http(check) : this.#run(check);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #run({ run = [], exitCode = 0, stdout }) {
    const result = spawnSync('docker', ['run', '--rm', '--network', 'none', this.#tag, ...run], {
      env: this.#env,
      encoding: 'utf8',
      timeout: RUN_LIMIT_MS,
    });
    if (result.status !== exitCode)
      return `exit code ${result.status}, not ${exitCode}: ${(result.stdout + result.stderr).slice(-800)}`;
    return stdout === undefined || result.stdout === stdout
      ? undefined
      : `prints ${JSON.stringify(result.stdout)}, not ${JSON.stringify(stdout)}`;
  }

  async #http({ http: { port, path, status = 200, body } }) {
    const container = capture('docker', ['run', '--detach', '--network', 'host', this.#tag], { env: this.#env }).trim();
    try {
      const until = Date.now() + START_LIMIT_MS;
      let last = 'no answer';
      while (Date.now() < until) {
        try {
          const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(3000) });
          const text = await answer.text();
          if (answer.status === status && (body === undefined || text === body)) return undefined;
          last = `answers ${answer.status} ${JSON.stringify(text.slice(0, 200))}`;
          break;
        } catch (error) {
          last = `no answer: ${error.message}`;
        }
        await wait(200);
      }
      const { stdout, stderr } = spawnSync('docker', ['logs', container], { env: this.#env, encoding: 'utf8' });
      return `${last}; ${(stdout + stderr).slice(-800)}`;
    } finally {
      spawnSync('docker', ['rm', '--force', '--time', '2', container], { env: this.#env });
    }
  }

  remove() {
    spawnSync('docker', ['rmi', '--force', this.#tag], { env: this.#env });
  }
}
