import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../server/src/engine/glob';

describe('matchesGlob', () => {
  it.each([
    ['*', 'a/b/Dockerfile', true],
    ['Dockerfile', 'a/Dockerfile', true],
    ['/Dockerfile', 'a/Dockerfile', false],
    ['/Dockerfile', 'Dockerfile', true],
    ['./Dockerfile.*', 'Dockerfile.dev', true],
    ['a/*', 'a/b/c', false],
    ['a/*', 'a/.hidden', true],
    ['a/**', 'a/b/c', true],
    ['a/', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/x/y/c', true],
    ['a/**/c', 'a/xc', false],
    ['**/test/**', 'test/x', true],
    ['Dockerfile.{dev,test}', 'Dockerfile.test', true],
    ['Dockerfile.{dev,test}', 'Dockerfile.prod', false],
    ['Dockerfile.{dev', 'Dockerfile.{dev', true],
    ['Dockerfile.?', 'Dockerfile.1', true],
    ['Dockerfile.[0-9]', 'Dockerfile.1', true],
    ['Dockerfile.[!0-9]', 'Dockerfile.1', false],
    ['Dockerfile.[z-a]', 'Dockerfile.b', false],
    ['a+b.(x)', 'a+b.(x)', true],
    ['a.b', 'axb', false],
    ['a,b', 'a,b', true],
    ['a}', 'a}', true],
    ['x]', 'x]', true],
    // Braces in the wrong order are never closed.
    ['}{', '}{', false],
    ['}{', '}', false],
  ])('%s and %s', (glob, path, expected) => {
    expect(matchesGlob(path, glob)).toBe(expected);
  });
  it('matches nothing with a glob that is longer than any path', () => {
    const [longest, longer] = ['a'.repeat(1000), 'a'.repeat(1001)];
    expect(matchesGlob(longest, `/${longest}`)).toBe(true);
    expect(matchesGlob(longer, `/${longer}`)).toBe(false);
  });
  it('takes any text for a glob, soon', () => {
    fc.assert(fc.property(fc.string(), (glob) => typeof matchesGlob('a/b/Dockerfile', glob) === 'boolean'));
    expect(matchesGlob(`${'a/'.repeat(40)}b`, '**/**/**/**/**/x')).toBe(false);
  });
});
