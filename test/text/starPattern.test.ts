import { describe, expect, it } from 'vitest';
import { matchesStars } from '../../server/src/text/starPattern';

describe('matchesStars', () => {
  it.each([
    ['', ''],
    ['', '*'],
    ['abc', '*'],
    ['abc', 'abc'],
    ['abc', 'a*c'],
    ['abc', 'a*b*c'],
    ['aXbXb', 'a*b'],
    ['a.b', 'a.b'],
    ['x/y/z', 'x/*z'],
  ])('%j matches %j', (text, pattern) => {
    expect(matchesStars(text, pattern)).toBe(true);
  });
  it.each([
    ['abc', ''],
    ['abc', 'ab'],
    ['aba', 'ab*ba'],
    ['aXb', 'a.b'],
    ['abc', '*d'],
    ['ac', 'a*b*c'],
  ])('%j does not match %j', (text, pattern) => {
    expect(matchesStars(text, pattern)).toBe(false);
  });
  it('reads a long text once', () => {
    expect(matchesStars('a'.repeat(1_000_000), `${'*a'.repeat(1000)}b`)).toBe(false);
  });
});
