import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { folderOf } from '../helpers/cliProcess';

const root = resolve(import.meta.dirname, '../..');
/** Leaves its number beside it. */
const SERVER = `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'pid'), String(process.pid));
process.stdin.resume();
`;

/** The module as the extension's bundle has it, loaded anew, with a server beside it. */
function load() {
  const folder = folderOf({
    'server.js': SERVER,
    'vscode.js': 'exports.workspace = { textDocuments: [{ languageId: "dockerfile" }] };',
  });
  const outfile = join(folder, 'client.cjs');
  buildSync({
    entryPoints: [join(root, 'client/src/serverProcess.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: { vscode: join(folder, 'vscode.js') },
  });
  const { takeServer } = createRequire(import.meta.url)(outfile);
  return {
    take(): ChildProcess {
      const server: ChildProcess = takeServer();
      onTestFinished(() => void server.kill());
      return server;
    },
    /** The server that has started last. */
    running: () =>
      vi.waitFor(() => {
        const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
        expect(pid).toBeGreaterThan(0);
        return pid;
      }),
  };
}

describe('the process of the server', () => {
  it('runs before it is asked for', async () => {
    const { take, running } = load();
    const pid = await running();
    expect(take().pid).toBe(pid);
  });

  it('is another one after it was stopped, and the first is gone', async () => {
    const { take } = load();
    const first = take();
    const ended = once(first, 'exit');
    const second = take();
    expect(second.pid).not.toBe(first.pid);
    expect(second.exitCode).toBeNull();
    await ended;
  });

  it('is another one where the first has ended before it was asked for', async () => {
    const { take, running } = load();
    const pid = await running();
    process.kill(pid);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow());
    const server = take();
    expect(server.pid).not.toBe(pid);
    expect(server.exitCode).toBeNull();
  });
});
