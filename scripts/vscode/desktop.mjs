import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from '../dependencies.mjs';
import { capture, isInstalled } from '../process.mjs';

/** A desktop VS Code needs a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The executable of a desktop VS Code: the one in VSCODE_EXECUTABLE, the installed one, or a download in .cache. */
export async function findDesktop() {
  if (!hasDisplay()) return { problem: 'there is no display' };
  const executable = process.env.VSCODE_EXECUTABLE ?? installedExecutable();
  if (executable) return existsSync(executable) ? { executable } : { problem: `there is no ${executable}` };
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return { executable: await downloadAndUnzipVSCode({ cachePath: join(root, '.cache/vscode'), timeout: 10_000 }) };
  } catch (error) {
    return { problem: `none is installed and it cannot be downloaded (${error.message})` };
  }
}

/** The executable that `code` on PATH starts: `code` itself is a script that does not wait for it. */
function installedExecutable() {
  if (!isInstalled('code')) return undefined;
  const [found] = capture(process.platform === 'win32' ? 'where' : 'which', ['code']).split(/\r?\n/);
  const bin = dirname(realpathSync(found));
  const candidates = { win32: ['../Code.exe'], darwin: ['../../../MacOS/Electron', '../../../MacOS/Code'] };
  return (candidates[process.platform] ?? ['../code'])
    .map((path) => resolve(bin, path))
    .find((path) => existsSync(path));
}
