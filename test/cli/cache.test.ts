import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const FILES = {
  'app/Dockerfile':
    'FROM a AS b\nCOPY go.mod .\nRUN go mod download\nCOPY . .\nRUN go build \\\n  -o /x\nFROM c\nCOPY --from=b /x /x\n',
  'app/go.mod': '',
  'app/main.go': '',
  'app/README.md': '',
  'app/.dockerignore': '*.md\n',
};

describe('cache', () => {
  it('lists what runs again, in text and JSON', () => {
    const cwd = folderOf(FILES);
    const { code, out } = runCli(['cache', '--changed', 'app/main.go', 'app/Dockerfile'], { cwd });
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'app/Dockerfile:4 COPY . .',
        'app/Dockerfile:5 RUN go build \\',
        'app/Dockerfile:8 COPY --from=b /x /x (if what it copies changes)',
        'Steps that run again: 3\n',
      ].join('\n'),
    );
    const json = runCli(['cache', '--changed', 'app/go.mod', '--format', 'json', 'app/Dockerfile'], { cwd });
    const { steps } = JSON.parse(json.out);
    expect(steps).toHaveLength(5);
    expect(steps[0]).toEqual({ line: 2, instruction: 'COPY go.mod .', isCertain: true });
  });

  it.each([
    ['what .dockerignore leaves out', 'app/README.md'],
    ['what is not in the build context', 'other.go'],
  ])('is not concerned by %s', (_, path) => {
    const cwd = folderOf(FILES);
    expect(runCli(['cache', '--changed', path, 'app/Dockerfile'], { cwd }).out).toBe('Steps that run again: 0\n');
  });

  it('needs a path', () => {
    expect(runCli(['cache', 'app/Dockerfile'], { cwd: folderOf(FILES) }).code).toBe(2);
  });
});

describe('cache --history', () => {
  const commit = (cwd: string, ...paths: string[]) => {
    for (const path of paths) appendFileSync(join(cwd, path), 'x\n');
    const as = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    spawnSync('git', ['add', '.'], { cwd });
    return spawnSync('git', [...as, 'commit', '--quiet', '--no-gpg-sign', '--message=x'], { cwd });
  };

  it('counts the commits that change each input, and what the plan would have saved', ({ skip }) => {
    const cwd = folderOf({
      'app/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      'app/package.json': '{"name":"a","version":"1.0.0","dependencies":{"b":"1"}}',
      'app/package-lock.json': '{"name":"a","lockfileVersion":3,"packages":{}}',
      'app/a.js': '',
    });
    if (spawnSync('git', ['init', '--quiet'], { cwd }).status !== 0) skip('git is not here');
    for (const path of ['app/a.js', 'app/a.js', 'elsewhere']) commit(cwd, path);
    const { code, out } = runCli(['cache', '--history', 'app/Dockerfile'], { cwd });
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'app/Dockerfile:3 COPY . . (changed by 2 of 2 commits, runs again: 1)',
        'RUN instructions that 2 commits run again: 2',
        'In the order that optimize gives: 1\n',
      ].join('\n'),
    );
  });

  it('says when there is no history', () => {
    const { code, err } = runCli(['cache', '--history', 'app/Dockerfile'], { cwd: folderOf(FILES) });
    expect(code).toBe(2);
    expect(err).toContain('git knows no commits of this folder');
  });
});
