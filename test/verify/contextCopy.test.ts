import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeLeftFolders } from '../../server/src/images/engines/ownedFolder';
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

  it('has the source file again as it was', async () => {
    const folder = contextOf({ 'main.py': 'x' });
    chmodSync(join(folder, 'main.py'), 0o755);
    const copy = await copyOf(folder);
    await copy.changeSource();
    expect(statSync(join(copy.folder, 'main.py')).mode & 0o777).toBe(0o755);
    await copy.restoreSource();
    expect(readFileSync(join(copy.folder, 'main.py'), 'utf8')).toBe('x');
  });

  it('has folders where everyone may write', async () => {
    const folder = contextOf({ 'uploads/x': '', 'private/x': '' });
    chmodSync(join(folder, 'uploads'), 0o777);
    chmodSync(join(folder, 'private'), 0o700);
    const copy = await copyOf(folder);
    expect(statSync(join(copy.folder, 'uploads')).mode & 0o777).toBe(0o777);
    expect(statSync(join(copy.folder, 'private')).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.getuid?.() === 0)('leaves out what belongs to others', async () => {
    const folder = contextOf({ 'data/x': '', 'main.py': 'x' });
    chmodSync(join(folder, 'data'), 0);
    onTestFinished(() => chmodSync(join(folder, 'data'), 0o700));
    const copy = await copyOf(folder);
    expect(existsSync(join(copy.folder, 'main.py'))).toBe(true);
  });

  it('removes copies whose owner no longer runs', async () => {
    const copy = await copyOf(contextOf({ 'main.py': 'x' }));
    const left = copy.folder.replace(`-${process.pid}-`, '-999999999-');
    mkdirSync(left);
    await removeLeftFolders();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(copy.folder)).toBe(true);
  });

  it('has nothing to change where there are no sources', async () => {
    const copy = await copyOf(contextOf({ 'data.csv': '1' }));
    expect(await copy.changeSource()).toBe(false);
  });
});
