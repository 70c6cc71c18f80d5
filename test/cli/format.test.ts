import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const FILES = { 'a/Dockerfile': 'from a\nRUN b  \nRUN c\n', 'b/Dockerfile': 'FROM a\nRUN c\n' };

describe('format', () => {
  it('shows what changes, and with --check exits with 1', () => {
    const cwd = folderOf(FILES);
    const shown = runCli(['format', '.'], { cwd });
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('-from a\n-RUN b  \n+FROM a\n+RUN b\n');
    expect(runCli(['format', '--check'], { cwd }).code).toBe(1);
    expect(runCli(['format', '--check', 'b'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe(FILES['a/Dockerfile']);
  });

  it('writes the files, and then finds nothing to change', () => {
    const cwd = folderOf(FILES);
    expect(runCli(['format', '--write'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe('FROM a\nRUN b\nRUN c\n');
    expect(runCli(['format', '--check'], { cwd }).code).toBe(0);
    expect(runCli(['format', '--check', '--write'], { cwd }).code).toBe(2);
  });

  it('follows .editorconfig, and sorts packages where it is told to', () => {
    const cwd = folderOf({
      '.editorconfig': '[*]\nindent_size = 2\n',
      'a/.editorconfig': '[Dockerfile]\nindent_style = tab\n',
      'a/Dockerfile': 'FROM a\nRUN apt-get install d c && \\\n    b\n',
      'b/Dockerfile': 'FROM a\nRUN apt-get install d c && \\\n    b\n',
    });
    expect(runCli(['format', '--write'], { cwd }).code).toBe(0);
    const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
    expect(read('a/Dockerfile')).toBe('FROM a\nRUN apt-get install d c && \\\n\tb\n');
    expect(read('b/Dockerfile')).toBe('FROM a\nRUN apt-get install d c && \\\n  b\n');
    expect(runCli(['format', '--write', '--sort-packages', 'b'], { cwd }).code).toBe(0);
    expect(read('b/Dockerfile')).toContain('install c d');
  });

  it('prints the new text of standard input', () => {
    expect(runCli(['format', '-'], { input: 'FROM a\nrun b\nRUN c' }).out).toBe('FROM a\nRUN b\nRUN c\n');
  });
});
