import { describe, expect, it } from 'vitest';
import { parseDockerignore } from '../../server/src/engine/dockerignore';

describe('parseDockerignore', () => {
  it.each([
    ['Dockerfile', 'Dockerfile', true],
    ['Dockerfile', './Dockerfile', true],
    ['/src', 'src/main.c', true],
    ['src', 'lib/src', false],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['**/*.md', 'docs/a/README.md', true],
    ['**/*.md', 'README.md', true],
    ['*', 'a/b', true],
    ['*\n!a', 'a', false],
    ['*\n!a/b', 'a', false],
    ['!a\n*', 'a', true],
    ['# a\n\n  a  ', 'a', true],
    ['temp?', 'tempa', true],
    ['temp?', 'temp', false],
    ['[ab].txt', 'b.txt', true],
    ['a.b', 'axb', false],
    ['[z-a]', 'z', false],
    ['.*', '.', false],
    ['*', '.', true],
    ['*\n!a', '.', false],
  ])('%j: %s is ignored: %s', (text, path, expected) => {
    expect(parseDockerignore(text)?.isIgnored(path)).toBe(expected);
  });
});
