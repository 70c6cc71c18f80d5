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
