import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages } from './debianPackages.mjs';
import { root } from './dependencies.mjs';

/**
 * podman or buildah from Debian's packages, or the reason why not. It has its own store. As root it runs without a
 * container runtime, because runtimes do not start on machines that are containers.
 */
export function engineOfDebian(name) {
  const missing = installDebianPackages([name]);
  if (missing) return { reason: missing };
  const folder = join(root, '.cache/engines');
  mkdirSync(folder, { recursive: true });
  const storage = join(folder, 'storage.conf');
  const paths = ['graphroot', 'runroot'].map((key) => `${key} = "${join(folder, key)}"`);
  writeFileSync(storage, ['[storage]', 'driver = "vfs"', ...paths, ''].join('\n'));
  const containers = join(folder, 'containers.conf');
  const limits = '["nofile=1024:1024", "nproc=1024:1024"]';
  writeFileSync(
    containers,
    `[containers]\ndefault_ulimits = ${limits}\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n`,
  );
  const isolation = process.getuid?.() === 0 ? { BUILDAH_ISOLATION: 'chroot' } : {};
  const env = {
    ...process.env,
    CONTAINERS_STORAGE_CONF: storage,
    CONTAINERS_CONF: containers,
    DOCKER_CONFIG: undefined,
    ...isolation,
  };
  const { status, stderr } = spawnSync(name, ['info'], { env, encoding: 'utf8' });
  return status === 0 ? { env, options: [] } : { reason: stderr.trim().split('\n').at(-1) };
}
