import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLocalize } from '../../server/src/l10n/localize';

export const english = createLocalize(undefined);

export interface FakeEngine {
  readonly folder: string;
  readonly program: string;
  /** How it was called, one call a line. */
  calls(): string[];
}

/** A program that acts like an engine: what it does for each command is shell text; other commands succeed with nothing. */
export function fakeEngine(name: string, commands: Readonly<Record<string, string>>): FakeEngine {
  const folder = mkdtempSync(join(tmpdir(), 'fake-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, name);
  const log = join(folder, 'calls');
  const cases = Object.entries(commands).map(([command, text]) => `${command})\n${text}\n;;`);
  writeFileSync(program, `#!/bin/sh\necho "$@" >>${log}\ncase "$1" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(program, 0o755);
  return {
    folder,
    program,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}

/** True while a process of this number is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
