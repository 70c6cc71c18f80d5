import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ContextCopy } from '../../server/src/verify/contextCopy';

function contextOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'context-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function copyOf(folder: string): Promise<ContextCopy> {
  const copy = await ContextCopy.of(folder, new AbortController().signal);
  onTestFinished(async () => {
    await copy.remove();
    rmSync(folder, { recursive: true });
  });
  return copy;
}

describe('a copy of the build context', () => {
  it('has the files and links, and changes none of the user', async () => {
    const folder = contextOf({ 'src/main.py': 'print(1)\n', 'next.config.js': 'old\n', 'README.md': 'x' });
    symlinkSync('README.md', join(folder, 'link'));
    const copy = await copyOf(folder);
    expect(readFileSync(join(copy.folder, 'src/main.py'), 'utf8')).toBe('print(1)\n');
    expect(readlinkSync(join(copy.folder, 'link'))).toBe('README.md');
    await copy.write([
      { path: 'next.config.js', after: 'new\n' },
      { path: 'deploy/nginx.conf', after: 'server {}\n' },
    ]);
    expect(readFileSync(join(copy.folder, 'next.config.js'), 'utf8')).toBe('new\n');
    expect(readFileSync(join(folder, 'next.config.js'), 'utf8')).toBe('old\n');
    await copy.write([]);
    expect(readFileSync(join(copy.folder, 'next.config.js'), 'utf8')).toBe('old\n');
    expect(existsSync(join(copy.folder, 'deploy/nginx.conf'))).toBe(false);
    expect(await copy.changeSource()).toBe(true);
    expect(readFileSync(join(copy.folder, 'src/main.py'), 'utf8')).toMatch(/^print\(1\)\n\n[ \t]+\n$/);
    expect(readFileSync(join(folder, 'src/main.py'), 'utf8')).toBe('print(1)\n');
    await copy.remove();
    expect(existsSync(copy.folder)).toBe(false);
  });

  it('changes another text each time, in a file that people edit', async () => {
    const folder = contextOf({
      'node_modules/a/index.js': 'x',
      'test/app.test.js': 'x',
      'lib/deep/util.js': 'x',
      'server.js': 'x',
    });
    const copy = await copyOf(folder);
    await copy.changeSource();
    const first = readFileSync(join(copy.folder, 'server.js'), 'utf8');
    await copy.changeSource();
    expect(readFileSync(join(copy.folder, 'server.js'), 'utf8')).not.toBe(first);
    expect(readFileSync(join(copy.folder, 'lib/deep/util.js'), 'utf8')).toBe('x');
  });

  it('has nothing to change where there are no sources', async () => {
    const copy = await copyOf(contextOf({ 'data.csv': '1' }));
    expect(await copy.changeSource()).toBe(false);
  });
});
