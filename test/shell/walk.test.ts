import { describe, expect, it } from 'vitest';
import { commandsOf, hasErrexit, hasPipefail, isAfter, isPlainChain } from '../../server/src/shell/walk';
import { parseVerbatim, show } from './shellText';

describe('walk', () => {
  it('finds commands by name, however deep', () => {
    const script = parseVerbatim('apt-get update && if a; then sudo apt-get install x; apt list; fi');
    expect(commandsOf(script, 'apt-get', 'apt').map(show)).toEqual(['apt-get update', 'apt-get install x', 'apt list']);
  });

  it.each([
    ['a && b', true],
    ['b; a', false],
    ['a | b', false],
    ['a && { b; }', false],
  ])('in `%s` b is after a: %s', (text, expected) => {
    const script = parseVerbatim(text);
    const [a, b] = ['a', 'b'].map((name) => commandsOf(script, name)[0]);
    expect(a && b && isAfter(b, a)).toBe(expected);
  });

  it.each([
    ['a && b | c && d', true],
    ['a', true],
    ['a;', true],
    ['set -e; a; b', true],
    ['set -eux\na\nb\n', true],
    ['set -o errexit; a; b', true],
    ['a; b', false],
    ['set -u; a; b', false],
    ['a; set -e; b', false],
    ['set -e | x; a', false],
    ['set -e; a && b; c', false],
    ['a || b', false],
    ['a &', false],
    ['a && (b)', false],
    ['if a; then b; fi', false],
  ])('`%s` is a plain chain: %s', (text, expected) => {
    expect(isPlainChain(parseVerbatim(text).chain)).toBe(expected);
  });

  it.each([
    ['set -e; a', true, false],
    ['set -ex && a', true, false],
    ['set -o errexit; a', true, false],
    ['set -euxo pipefail; a', true, true],
    ['set -e -o pipefail; a', true, true],
    ['set -o pipefail && a', false, true],
    ['set -x; a', false, false],
    ['set -- -e; a', false, false],
    ['set a -e', false, false],
    ['a || set -e; b', false, false],
    ['(set -e; a); b', false, false],
    ['set -e; set +e; a', false, false],
    ['set -eo pipefail; set +o pipefail; a', true, false],
    ['echo set -e', false, false],
  ])('`%s` sets errexit: %s, pipefail: %s', (text, errexit, pipefail) => {
    expect(hasErrexit(parseVerbatim(text))).toBe(errexit);
    expect(hasPipefail(parseVerbatim(text))).toBe(pipefail);
  });
});
