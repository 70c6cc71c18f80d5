import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface FakeProgram {
  readonly folder: string;
  readonly path: string;
  /** All calls of the program. */
  calls(): readonly ProgramCall[];
}

export interface ProgramCall {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The files in its working directory. */
  readonly files: readonly string[];
}

/** A stand-in for a program: it records how it is called, then does what the script says (CommonJS). */
export function fakeProgram(name: string, script: string): FakeProgram {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-fake-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  const calls = `${path}.calls`;
  const text = `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ args, cwd: process.cwd(), files: fs.readdirSync('.') }) + '\\n');
${script}
`;
  writeFileSync(path, text, { mode: 0o755 });
  return {
    folder,
    path,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}
