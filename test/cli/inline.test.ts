import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const COMPOSE = `services:
  db:
    image: postgres
  api:
    build:
      context: ./api
      dockerfile_inline: |
        FROM python:3.11-slim
        COPY main.py gone.py /app/
        RUN pip install flask==3.0.3 && echo $$HOME
        USER 1000
`;
const FILES = { 'compose.yaml': COMPOSE, 'api/main.py': '' };
const README = '# A\n\n```dockerfile\nFROM python:3.11-slim\nRUN pip install flask==3.0.3\nUSER 1000\n```\n';

function findingsIn(
  cwd: string,
  ...args: readonly string[]
): [path: string, rule: string, line: number, fix: string][] {
  const { out } = runCli(['lint', '--format', 'json', ...args], { cwd });
  return JSON.parse(out).files.flatMap(({ path, findings }: { path: string; findings: unknown[] }) =>
    (findings as { rule: string; range: { start: { line: number } }; fixes: { safety: string }[] }[]).map((one) => [
      path,
      one.rule,
      one.range.start.line + 1,
      one.fixes[0]?.safety ?? '',
    ]),
  );
}

describe('Dockerfiles inside other files', () => {
  it('in a folder those of Compose and Bake files are linted, with their build context', () => {
    const bake = 'target "a" {\n  dockerfile-inline = <<EOT\nFROM alpine:3.22\nMAINTAINER a\nUSER 1\nEOT\n}\n';
    const cwd = folderOf({ ...FILES, 'docker-bake.hcl': bake, 'README.md': README, 'other.yaml': COMPOSE });
    expect(findingsIn(cwd)).toEqual([
      ['compose.yaml', 'require-copy-source', 9, 'manual'],
      ['compose.yaml', 'pip-no-cache-dir', 10, 'safe'],
      ['docker-bake.hcl', 'no-maintainer', 4, 'safe'],
    ]);
  });

  it('those of Markdown files only where they are named or asked for', () => {
    const cwd = folderOf({ 'docs/README.md': README, Dockerfile: 'FROM scratch\n' });
    expect(findingsIn(cwd)).toEqual([]);
    for (const args of [['docs/README.md'], ['--markdown']])
      expect(findingsIn(cwd, ...args)).toEqual([['docs/README.md', 'pip-no-cache-dir', 5, 'safe']]);
  });

  it('of a part without FROM, only single instructions are judged', () => {
    const part = '```dockerfile\nMAINTAINER a\nRUN sudo make\n```\n';
    expect(findingsIn(folderOf({ 'a.md': part }), 'a.md').map(([, rule]) => rule)).toEqual(['no-maintainer']);
  });

  it('files with such names and nothing inside have no findings', () => {
    const cwd = folderOf({ 'compose.yaml': 'services: {a: {build: .}}', 'a.json': '{}', 'b.md': '# b', 'c.hcl': '{' });
    expect(runCli(['lint', 'compose.yaml', 'a.json', 'b.md', 'c.hcl'], { cwd }).code).toBe(0);
    expect(runCli(['lint'], { cwd }).err).toContain('no Dockerfile in this folder');
  });

  it('are fixed in place', () => {
    const cwd = folderOf(FILES);
    expect(runCli(['fix', '--write', 'compose.yaml'], { cwd }).out).toContain('service api:\n  Add --no-cache-dir');
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(
      COMPOSE.replace('install flask', 'install --no-cache-dir flask'),
    );
  });

  it('are optimized in place, with files in their build context', () => {
    const text = COMPOSE.replace('main.py gone.py /app/', '. /app/').replace(
      '        USER 1000\n',
      '        CMD python main.py\n',
    );
    const cwd = folderOf({ ...FILES, 'compose.yaml': text, 'api/.git/HEAD': '' });
    runCli(['optimize', '--write'], { cwd });
    const after = readFileSync(join(cwd, 'compose.yaml'), 'utf8');
    expect(after).toContain('        CMD ["python", "main.py"]\n');
    expect(after).toContain('echo $$HOME');
    expect(after.startsWith(COMPOSE.slice(0, COMPOSE.indexOf('FROM')))).toBe(true);
    expect(readFileSync(join(cwd, 'api/.dockerignore'), 'utf8')).toContain('.git');
  });

  it('stay as they are where values or the form leave no certain result, with the reason', () => {
    const value = COMPOSE.replace('3.11-slim', '${PYTHON:-3.11}-slim');
    const folded = COMPOSE.replace('|', '>').replaceAll(/\n( +)(COPY|RUN|USER)/g, '\n\n$1$2');
    for (const [text, reason] of [
      [value, 'the build puts values into it'],
      [folded, 'a block with `|`'],
    ] as const) {
      const cwd = folderOf({ ...FILES, 'compose.yaml': text });
      expect(findingsIn(cwd).map(([, rule]) => rule)).toContain('pip-no-cache-dir');
      expect(runCli(['fix', '--write'], { cwd }).out).toContain(reason);
      expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(text);
    }
  });

  it('are not built: these commands take a Dockerfile', () => {
    const { code, err } = runCli(['optimize', '--verify', 'compose.yaml'], { cwd: folderOf(FILES) });
    expect([code, err]).toEqual([2, expect.stringContaining('compose.yaml: this takes a Dockerfile')]);
  });

  it('share one entry of the baseline', () => {
    const cwd = folderOf({ ...FILES, 'b.json': '{"version": 1, "files": {}}' });
    findingsIn(cwd, '--baseline', 'b.json', '--update-baseline');
    expect(findingsIn(cwd, '--baseline', 'b.json')).toEqual([]);
  });
});
