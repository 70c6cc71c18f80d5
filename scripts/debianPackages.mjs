import { spawnSync } from 'node:child_process';
import { capture, isInstalled } from './process.mjs';

/** Why the packages are missing and cannot be installed; undefined once they are installed. */
export function installDebianPackages(packages) {
  const missing = packages.filter((name) => !isPresent(name));
  if (missing.length === 0) return undefined;
  if (!isInstalled('apt-get')) return `needs ${missing.join(', ')}: install them with your package manager`;
  if (process.getuid?.() !== 0) return `needs ${missing.join(', ')}: run apt-get install ${missing.join(' ')} as root`;
  console.log(`Installing ${missing.join(', ')} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    capture('apt-get', ['update', '-qq'], { env: environment });
    capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env: environment });
    return undefined;
  } catch (error) {
    return `apt-get could not install ${missing.join(', ')}: ${error.message.split('\n').slice(0, 3).join(' ')}`;
  }
}

/** Finds a package, or a program with the same name from elsewhere. */
function isPresent(name) {
  if (isInstalled(name)) return true;
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return query.status === 0 && query.stdout.includes('ok installed');
}
