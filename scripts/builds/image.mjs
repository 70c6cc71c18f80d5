import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../process.mjs';
import { Container } from './container.mjs';

const BUILD_LIMIT_MS = 15 * 60_000;
const RUN_LIMIT_MS = 60_000;
/** Log lines about files that the program may not write. */
const WRITE_ERROR = /^.*(?:EACCES|EROFS|EPERM|[Pp]ermission denied|PermissionError|Read-only file system).*$/m;

/** One image of one app; `remove` deletes all of it. */
export class Image {
  #env;
  #tag;

  constructor({ env }, name) {
    this.#env = env;
    this.#tag = `dockerfile-optimizer-test/${name}`;
  }

  /** Builds a folder; throws with the last part of the log. @returns {number} milliseconds */
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

  /**
   * The first failed check; undefined if all pass. Each `run` check starts a new container. All other checks use one
   * container, in order, and its log is read at the end.
   */
  async problem(checks) {
    const runs = checks.filter(({ run }) => run);
    for (const check of runs) {
      const problem = this.#run(check);
      if (problem !== undefined) return problem;
    }
    const served = checks.filter(({ run }) => !run);
    return served.length === 0 ? undefined : this.#serve(served);
  }

  #run({ run, exitCode = 0, stdout }) {
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

  async #serve(checks) {
    const id = capture('docker', ['run', '--detach', '--network', 'host', this.#tag], { env: this.#env }).trim();
    const container = new Container(this.#env, id);
    try {
      for (const check of checks) {
        const problem = await container.problem(check);
        if (problem !== undefined) return `${problem}; ${container.log().slice(-800)}`;
      }
      const refused = container.log().match(WRITE_ERROR);
      return refused ? `cannot write: ${refused[0]}` : undefined;
    } finally {
      container.remove();
    }
  }

  remove() {
    spawnSync('docker', ['rmi', '--force', this.#tag], { env: this.#env });
  }
}

/** Checks the user in an image's configuration. */
export function isRoot(user = '') {
  return /^(?:|0|root)(?::|$)/.test(user);
}
