import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from 'vscode';
import { isNeeded } from './hostDocuments';

/** `--inspect-port`, which VS Code also passes to the extension host, does not mean debugging. */
const DEBUG_FLAG = /^--inspect(?:-brk)?(?:=|$)/;
/** A server that takes longer to exit after the request hangs. */
const END_LIMIT_MS = 2000;

/**
 * Starts the server when the module is loaded, so that it is ready when VS Code calls `activate`, and the first
 * findings come sooner.
 */
let server = isNeeded() ? start() : undefined;
let isTaken = false;

/** A server to talk to over standard input and output: a new one at each call. */
export function takeServer(): ChildProcess {
  if (!server || isTaken || (server.exitCode ?? server.signalCode) !== null) {
    endServer();
    server = start();
  }
  isTaken = true;
  return server;
}

/** Kills a server that hangs after the client has asked it to exit. */
export function endServer(): void {
  const told = server;
  if (told) setTimeout(() => told.kill(), END_LIMIT_MS);
}

function start(): ChildProcess {
  const isDebugged = process.execArgv.some((word) => DEBUG_FLAG.test(word));
  const flags = isDebugged ? ['--nolazy', '--inspect=6009'] : [];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const child = spawn(
    process.execPath,
    [...flags, join(__dirname, 'server.js'), '--stdio', `--clientProcessId=${process.pid}`],
    {
      // Relative paths in settings refer to the workspace folder.
      cwd: folder?.scheme === 'file' && existsSync(folder.fsPath) ? folder.fsPath : undefined,
      // The program is VS Code itself, run as Node.js.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
    },
  );
  // If it cannot be started, the client reports that its connection has ended.
  child.on('error', () => {});
  return child;
}
