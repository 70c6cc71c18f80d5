import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBuildContext } from '../../server/src/host/buildContext.node';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'context-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('files beside a Dockerfile', () => {
  it('are read in UTF-16 as well, as PowerShell writes `pip freeze > requirements.txt`', () => {
    writeFileSync(join(folder, 'requirements.txt'), Buffer.from('\ufeffGitPython==3.1.45\r\n', 'utf16le'));
    expect(readBuildContext(folder).read('requirements.txt')).toBe('GitPython==3.1.45\r\n');
  });

  it('are read without a byte-order mark', () => {
    writeFileSync(join(folder, 'requirements.txt'), '\ufeffflask\n');
    expect(readBuildContext(folder).read('requirements.txt')).toBe('flask\n');
  });

  it('are not those of a virtual environment, whatever its name', () => {
    mkdirSync(join(folder, 'env', 'bin'), { recursive: true });
    writeFileSync(join(folder, 'env', 'pyvenv.cfg'), 'home = /usr/bin\n');
    writeFileSync(join(folder, 'env', 'bin', 'flask'), '');
    const context = readBuildContext(folder);
    expect([...context.files.keys()]).toEqual(['env/pyvenv.cfg']);
    expect(context.unlisted).toEqual(['env']);
  });
});
