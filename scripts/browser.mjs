import { existsSync } from 'node:fs';
import { installDebianPackages } from './debianPackages.mjs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Finds Chromium on this machine, or installs it from Debian's packages. */
export function findBrowser() {
  const found = installedBrowser();
  if (found) return { path: found };
  const problem = installDebianPackages(['chromium']);
  return problem ? { problem } : { path: installedBrowser() };
}

export function installedBrowser() {
  return PATHS.find((path) => existsSync(path));
}

export async function launchBrowser(executablePath) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
