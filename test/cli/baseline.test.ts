import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const SUDO = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';
const FILE = 'baseline.json';

/** A project whose findings are all in its baseline. */
function adopted(files: Readonly<Record<string, string>> = { 'a/Dockerfile': SUDO, 'b/Dockerfile': SUDO }) {
  const cwd = folderOf(files);
  const lint = (...args: readonly string[]) => runCli(['lint', '--baseline', FILE, ...args], { cwd });
  const update = lint('--update-baseline');
  const text = () => readFileSync(join(cwd, FILE), 'utf8');
  return { cwd, lint, update, text, files: () => Object.keys(JSON.parse(text()).files) };
}

describe('--baseline', () => {
  it('reports and counts nothing that is known, and everything that is new', () => {
    const { cwd, lint, update } = adopted();
    expect(update).toEqual({
      code: 0,
      out: 'No findings in 2 files\n',
      err: `${FILE}: written; known findings: 2\n`,
    });
    expect(lint()).toEqual({ code: 0, out: 'No findings in 2 files\n', err: '' });
    writeFileSync(join(cwd, 'b/Dockerfile'), SUDO.replace('USER', '\nRUN sudo id\nUSER'));
    const { code, out, err } = lint('--format', 'json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const [a, b] = JSON.parse(out).files;
    expect(a.findings).toEqual([]);
    expect(b.findings.map((finding: { rule: string }) => finding.rule)).toContain('no-sudo');
    for (const { range } of b.findings) expect(range.start.line).toBe(3);
  });

  it('tells what is gone, and --prune-baseline takes out that alone', () => {
    const { cwd, lint, text, files } = adopted();
    writeFileSync(join(cwd, 'a/Dockerfile'), SUDO.replace('sudo ls', 'ls'));
    rmSync(join(cwd, 'b/Dockerfile'));
    writeFileSync(join(cwd, 'c.Dockerfile'), SUDO);
    const before = text();
    const told = lint();
    expect(told.code).toBe(1);
    expect(told.err).toBe(`${FILE}: known findings that are gone: 2; remove them with --prune-baseline\n`);
    expect(text()).toBe(before);
    const pruned = lint('--prune-baseline');
    expect(pruned.code).toBe(1);
    expect(pruned.err).toBe(`${FILE}: written; known findings: 0\n`);
    expect(files()).toEqual([]);
  });

  it('keeps what is known of files that a run does not look at', () => {
    const { cwd, lint, files } = adopted();
    writeFileSync(join(cwd, 'c.Dockerfile'), SUDO);
    expect(lint('c.Dockerfile', '--update-baseline').err).toBe(`${FILE}: written; known findings: 3\n`);
    expect(files()).toEqual(['a/Dockerfile', 'b/Dockerfile', 'c.Dockerfile']);
    expect(lint('a').err).toBe('');
  });

  it('keeps what is known of a file that cannot be read this time', () => {
    const { cwd, lint, files } = adopted();
    writeFileSync(join(cwd, 'b/Dockerfile'), Buffer.from([0]));
    expect(lint('--update-baseline').code).toBe(2);
    expect(files()).toEqual(['a/Dockerfile', 'b/Dockerfile']);
  });

  it('is written the same again', () => {
    const { lint, text } = adopted();
    const first = text();
    lint('--update-baseline');
    expect(text()).toBe(first);
  });

  it('knows files from any folder that it is run in', () => {
    const { cwd } = adopted();
    expect(runCli(['lint', '--baseline', join(cwd, FILE), '.'], { cwd: join(cwd, 'a') }).code).toBe(0);
  });

  it.each([
    [undefined, `${FILE}: no such file; create it with --update-baseline`],
    ['{', `${FILE}: not valid JSON`],
    ['{"version": 9, "files": {}}', `${FILE}: baseline version 9 is not supported`],
  ])('%j ends with 2 and stays as it is', (content, message) => {
    const cwd = folderOf({ Dockerfile: SUDO, ...(content === undefined ? {} : { [FILE]: content }) });
    const { code, err } = runCli(['lint', '--baseline', FILE, '--format', 'json'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain(`error: ${message}\n`);
    expect(existsSync(join(cwd, FILE))).toBe(content !== undefined);
  });

  it('does not overwrite what is no baseline', () => {
    const cwd = folderOf({ Dockerfile: SUDO, [FILE]: '{"name": "mine"}' });
    const { code, err } = runCli(['lint', '--baseline', FILE, '--update-baseline'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('not a baseline file');
    expect(readFileSync(join(cwd, FILE), 'utf8')).toBe('{"name": "mine"}');
  });

  it('needs a file to write to', () => {
    const { code, err } = runCli(['lint', '--update-baseline'], { cwd: folderOf({ Dockerfile: SUDO }) });
    expect(code).toBe(2);
    expect(err).toContain('No baseline set');
  });
});

describe('baseline in the configuration', () => {
  it('is found from the folder of the configuration, and written with --update-baseline', () => {
    const cwd = folderOf({
      '.dockerfile-optimizer.yaml': 'baseline: docker/known.json\n',
      'docker/Dockerfile': SUDO,
      Dockerfile: SUDO,
    });
    expect(runCli(['lint', '--update-baseline', 'docker', 'Dockerfile'], { cwd }).code).toBe(0);
    const { files } = JSON.parse(readFileSync(join(cwd, 'docker/known.json'), 'utf8'));
    expect(Object.keys(files)).toEqual(['../Dockerfile', 'Dockerfile']);
    expect(runCli(['lint'], { cwd }).code).toBe(0);
    expect(runCli(['lint'], { cwd: join(cwd, 'docker') }).code).toBe(0);
  });

  it.skipIf(process.platform === 'win32').each(['zero', 'pipe'])('is no %s: reading it would never end', (name) => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': `baseline: ${name}\n`, Dockerfile: SUDO });
    spawnSync('sh', ['-c', 'mkfifo pipe; ln -s /dev/zero zero'], { cwd });
    const { code, err } = runCli(['lint'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(name === 'zero' ? 'is outside the folder' : 'pipe: cannot be read');
  });

  it('is no number', () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': 'baseline: 3\n', Dockerfile: SUDO });
    const { code, err } = runCli(['lint'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('baseline: expected a file path');
  });
});

it.each([
  ['a file', '.', 'known.json', 'known.json'],
  ['a folder', 'sub', '', 'sub/known.json'],
])('a link of the checkout leads no baseline out of it: %s', (_, link, file, baseline) => {
  const outside = folderOf({ 'known.json': '{"version": 1, "files": {}}' });
  const cwd = folderOf({ Dockerfile: SUDO, '.dockerfile-optimizer.yaml': `baseline: ${baseline}\n` });
  symlinkSync(join(outside, file), join(cwd, link, file));
  for (const change of [[], ['--update-baseline']]) {
    const { code, err } = runCli(['lint', ...change], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('is outside the folder of its configuration');
  }
  expect(readFileSync(join(outside, 'known.json'), 'utf8')).toBe('{"version": 1, "files": {}}');
});
