import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'endoflife-'));
const target = join(folder, 'endOfLife.json');
copyFileSync('server/src/knowledge/data/endOfLife.json', target);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads dates from the pages of the products', () => {
  const { products } = JSON.parse(readFileSync(target, 'utf8')) as { products: Record<string, { file: string }> };
  mkdirSync(join(folder, 'products'));
  for (const { file } of Object.values(products))
    writeFileSync(
      join(folder, file),
      '---\ntitle: x\nreleases:\n- releaseCycle: "99"\n  codename: "Zzz"\n  eol: 2099-01-02\n  eoes: 2101-03-04\n- releaseCycle: "98"\n  eol: true\n---\ntext\n',
    );
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'x'],
  ])
    expect(spawnSync('git', ['-C', folder, ...args]).status).toBe(0);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/update-end-of-life.mjs', folder, '--to', target], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const data = JSON.parse(readFileSync(target, 'utf8'));
  expect(data.products.python.releases).toMatchObject({ 99: '2099-01-02', 3.8: '2024-10-07' });
  expect(data.products.python.releases).not.toHaveProperty('98');
  expect(data.products.debian.releases.zzz).toBe('2101-03-04');
  expect(data.products.debian.commit).toMatch(/^[0-9a-f]{12}$/);
  expect(data.products.debian.date).toMatch(/^20\d\d-\d\d$/);
});
