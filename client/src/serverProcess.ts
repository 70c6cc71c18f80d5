import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from 'vscode';

/** VS Code gives its extensions' process `--inspect-port` too, which debugs nothing. */
const DEBUG_FLAG = /^--inspect(?:-brk)?(?:=|$)/;
/** A server that has not ended this long after it was told to hangs. */
const END_LIMIT_MS = 2000;

/**
 * Started with the module, not when it is wanted: the server is up by the time that VS Code has the context for
 * `activate`, and the first findings do not wait for either.
 */
let server = start();
let isTaken = false;

/** The server to speak with over its standard input and output: each time another one. */
export function takeServer(): ChildProcess {
  if (isTaken || (server.exitCode ?? server.signalCode) !== null) {
    endServer();
    server = start();
  }
  isTaken = true;
  return server;
}

/** For a server that the client has told to end: one that hangs would go on. */
export function endServer(): void {
  const told = server;
  setTimeout(() => told.kill(), END_LIMIT_MS);
}

function start(): ChildProcess {
  const isDebugged = process.execArgv.some((word) => DEBUG_FLAG.test(word));
  const flags = isDebugged ? ['--nolazy', '--inspect=6009'] : [];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const child = spawn(
    process.execPath,
    [...flags, join(__dirname, 'server.js'), '--stdio', `--clientProcessId=${process.pid}`],
    {
      // What settings name without a folder is meant to lie in that of the workspace.
      cwd: folder?.scheme === 'file' && existsSync(folder.fsPath) ? folder.fsPath : undefined,
      // The program is that of VS Code itself.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
    },
  );
  // Where none can be started the client tells so: its connection ends.
  child.on('error', () => {});
  return child;
}
