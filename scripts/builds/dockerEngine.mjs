import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../dependencies.mjs';
import { capture, isInstalled } from '../process.mjs';

/**
 * Scripts that create an engine with stand-ins for base images on a plain Debian machine; next to the project, if they
 * exist.
 */
const LAB = resolve(root, '../shared/lab');

/**
 * A Docker engine to build with: the one that `docker` connects to, else one that the lab creates in `.cache/lab`.
 * @param groups the base images that the lab must make, by its names
 * @returns {{ engine: { env: object, isLab: boolean, stop: () => void } } | { reason: string }}
 */
export function dockerEngine(groups) {
  const own = { ...process.env };
  const nothing = () => {};
  if (isInstalled('docker') && isAnswering(own)) {
    const isLab = standIns(own).length > 0;
    if (isLab) trust(own);
    return { engine: { env: own, isLab, stop: nothing } };
  }
  const script = join(LAB, 'lab.sh');
  if (!existsSync(script)) return { reason: 'no Docker engine answers' };
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) return { reason: 'the lab needs root on Debian' };
  const folder = join(root, '.cache/lab');
  try {
    capture('bash', [script, folder, ...groups], { env: { ...own, LAB_ENGINE: 'docker' } });
  } catch (error) {
    // The last lines say how it ended.
    return { reason: `the lab could not be made: … ${error.message.trim().split('\n').slice(-3).join(' | ')}` };
  }
  const env = {
    ...own,
    PATH: `${join(folder, 'etc/docker')}:${own.PATH}`,
    DOCKER_HOST: `unix://${join(folder, 'dockerd/run/docker.sock')}`,
    DOCKER_CONFIG: join(folder, 'etc/docker'),
    BUILDX_GIT_INFO: 'false',
  };
  const daemon = join(folder, 'dockerd');
  // Only stop an engine that we have started.
  const isOurs = !isAnswering(env);
  if (isOurs) capture('bash', [join(LAB, 'dockerd.sh'), 'start', daemon]);
  if (!isAnswering(env)) return { reason: 'the engine of the lab does not answer' };
  trust(env);
  return { engine: { env, isLab: true, stop: isOurs ? () => stopDaemon(daemon) : nothing } };
}

/**
 * Lets pip, npm, cargo, go and maven reach their registries from a RUN: the stand-ins get this machine's certificates.
 */
export function trust(env, images = standIns(env)) {
  const script = join(LAB, 'trust.sh');
  const wanted = images.filter((image) => !image.includes('distroless'));
  if (!existsSync(script) || wanted.length === 0) return;
  try {
    capture('bash', [script, ...wanted], { env });
  } catch (error) {
    // A build that needs a registry will fail and say so.
    console.log(`The stand-ins do not trust this machine's certificates: ${error.message.slice(-300)}`);
  }
}

/** Waits until it has exited: a daemon cannot start while another one is still exiting. */
function stopDaemon(folder) {
  const pidFile = join(folder, 'dockerd.host.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  spawnSync('bash', [join(LAB, 'dockerd.sh'), 'stop', folder]);
  for (let tries = 0; tries < 300 && pid > 0 && existsSync(`/proc/${pid}`); tries++) sleep(100);
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function isAnswering(env) {
  return spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { env, timeout: 20_000 }).status === 0;
}

function standIns(env) {
  const format = ['--format', '{{.Repository}}:{{.Tag}}'];
  const { stdout } = spawnSync('docker', ['images', '--filter', 'label=lab.standin=true', ...format], {
    env,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((image) => image !== '' && !image.includes('<none>'));
}
