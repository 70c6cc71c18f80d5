import { describe, expect, it } from 'vitest';
import {
  expandVariables,
  hasVariable,
  mentionsVariable,
  unquote,
  variableNames,
} from '../../server/src/dockerfile/variables';

/** Looks names up as a build does where nothing but these is set. */
function expand(text: string, values: Readonly<Record<string, string>> = {}, escape: '\\' | '`' = '\\') {
  return expandVariables(text, escape, (name) => values[name] ?? null);
}

describe('operators of variables', () => {
  // What BuildKit makes of them; undefined where it stops the build.
  it.each([
    // text, A unset, A empty, A=set
    ['$A', '', '', 'set'],
    ['${A}', '', '', 'set'],
    ['${A-x}', 'x', '', 'set'],
    ['${A:-x}', 'x', 'x', 'set'],
    ['${A+x}', '', 'x', 'x'],
    ['${A:+x}', '', '', 'x'],
    ['${A?x}', undefined, '', 'set'],
    ['${A:?x}', undefined, undefined, 'set'],
    ['${A#s}', '', '', 'et'],
    ['${A#x}', '', '', 'set'],
    ['${A##*e}', '', '', 't'],
    ['${A%t}', '', '', 'se'],
    ['${A%x}', '', '', 'set'],
    ['${A%%e*}', '', '', 's'],
    ['${A/e/x}', '', '', 'sxt'],
    ['${A/x/y}', '', '', 'set'],
    ['${A//[/y}', '', '', 'set'],
    ['${A/e/}', '', '', 'st'],
    ['${A-}', '', '', 'set'],
    ['${A+}', '', '', ''],
    ['<${A:-}>', '<>', '<>', '<set>'],
    // There is no such operator.
    ['${A=x}', undefined, undefined, undefined],
    ['${A:=x}', undefined, undefined, undefined],
    ['${A:#s}', undefined, undefined, undefined],
    ['${A:%t}', undefined, undefined, undefined],
    ['${A:/e/x}', undefined, undefined, undefined],
    ['${A:0:1}', undefined, undefined, undefined],
    ['${A^}', undefined, undefined, undefined],
  ] as const)('%s is %j without A, %j with an empty one, %j with A=set', (text, unset, empty, set) => {
    expect(expand(text)).toBe(unset);
    expect(expand(text, { A: '' })).toBe(empty);
    expect(expand(text, { A: 'set' })).toBe(set);
  });

  it.each([
    ['${A##*/}', 'a/b/c', 'c'],
    ['${A#*/}', 'a/b/c', 'b/c'],
    ['${A%/*}', 'a/b/c', 'a/b'],
    ['${A%%/*}', 'a/b/c', 'a'],
    ['${A/b/x}', 'abb', 'axb'],
    ['${A//b/x}', 'abb', 'axx'],
    ['${A//\\//-}', 'a/b/c', 'a-b-c'],
    ['${A#\\*}', '*a', 'a'],
    ['${A#?}', 'abc', 'bc'],
    ['${A#s}${A%t}', 'st', 'ts'],
  ])('%s of %j is %j', (text, value, expected) => {
    expect(expand(text, { A: value })).toBe(expected);
  });

  it('puts variables into the words of others', () => {
    expect(expand('${A:-${B}}', { B: 'b' })).toBe('b');
    expect(expand('${A:-a${B:-$C}}', { C: 'c' })).toBe('ac');
    expect(expand('${A:+<${A}>}', { A: 'a' })).toBe('<a>');
    expect(expand('${A:-"x }"}y')).toBe('x }y');
    expect(expand('${A-\\}}')).toBe('}');
  });

  it('cuts no value by a pattern that is longer than anybody writes', () => {
    expect(expand('${A#a}', { A: 'a'.repeat(1024) })).toBe('a'.repeat(1023));
    expect(expand('${A#a}', { A: 'a'.repeat(1025) })).toBeUndefined();
    expect(expand('${A-x}', { A: 'a'.repeat(1025) })).toHaveLength(1025);
  });

  it('makes no text longer than 8192 characters', () => {
    expect(expand('$A$A', { A: 'a'.repeat(4096) })).toHaveLength(8192);
    expect(expand('$A$A', { A: 'a'.repeat(4097) })).toBeUndefined();
    expect(expand('${B:-$A$A}', { A: 'a'.repeat(4097) })).toBeUndefined();
    expect(expand('"$A$A"', { A: 'a'.repeat(4097) })).toBeUndefined();
  });

  it('follows variables in variables only so far', () => {
    const nested = (depth: number) => `${'${A:-'.repeat(depth)}x${'}'.repeat(depth)}`;
    expect(expand(nested(16))).toBe('x');
    expect(expand(nested(17))).toBeUndefined();
    // Many beside each other are no depth.
    expect(expand('${A:-x}'.repeat(40))).toBe('x'.repeat(40));
  });
});

describe('words with variables', () => {
  it.each([
    ['plain', 'plain'],
    ['$A', '1'],
    ['$AB', ''],
    ['${A}B', '1B'],
    ['$A.B', '1.B'],
    ['a$', 'a$'],
    ['$ A', '$ A'],
    ['$/x', '$/x'],
    ['$1x', 'x'],
    ['$Ä', ''],
    ["'$A'", '$A'],
    ["'\\$A'", '\\$A'],
    ['"$A"', '1'],
    ['"a $A b"', 'a 1 b'],
    ['"\\$A"', '$A'],
    ['"\\"$A"', '"1'],
    ['"\\\\"', '\\'],
    ['"a\\b"', 'a\\b'],
    ['\\$A', '$A'],
    ['\\\\$A', '\\1'],
    ['a\\b', 'ab'],
    ["a'b'c", 'abc'],
    ['"it\'s"', "it's"],
    ['', ''],
  ])('%s is %j', (text, expected) => {
    expect(expand(text, { A: '1' })).toBe(expected);
  });

  it.each(['${A', '${}', '${', '${:-a}', '${A:', '${A:-', '${A/b}', '${A/b/c', '"open', "'open", '"${A"'])(
    '%s has no value',
    (text) => {
      expect(expand(text, { A: '1' })).toBeUndefined();
    },
  );

  it('reads the other escape character', () => {
    expect(expand('`$A', { A: '1' }, '`')).toBe('$A');
    expect(expand('C:\\$A', { A: '1' }, '`')).toBe('C:\\1');
    expect(expand('"`$A"', { A: '1' }, '`')).toBe('$A');
  });

  it('has no value where a name is not known', () => {
    const lookup = (name: string) => (name === 'A' ? '1' : undefined);
    expect(expandVariables('$A$B', '\\', lookup)).toBeUndefined();
    expect(expandVariables('${B:-x}', '\\', lookup)).toBeUndefined();
    expect(expandVariables('${A:-$B}', '\\', lookup)).toBeUndefined();
    expect(expandVariables("$A'$B'", '\\', lookup)).toBe('1$B');
  });
});

describe('words without quotes', () => {
  it.each([
    ['plain', 'plain'],
    ['"a b"', 'a b'],
    ["'a b'", 'a b'],
    ['a"b"c', 'abc'],
    ['"it\'s"', "it's"],
    ["'a\"b'", 'a"b'],
    ['a\\ b', 'a b'],
    ['"a\\"b"', 'a"b'],
    ['"a\\nb"', 'a\\nb'],
    ["'a\\b'", 'a\\b'],
    // An escaped `$` stays one.
    ['\\$A', '\\$A'],
    ['"\\$A"', '\\$A'],
    ['"$A"', '$A'],
    ['a\\', 'a\\'],
    ['"open', 'open'],
  ])('%s is %j', (text, expected) => {
    expect(unquote(text, '\\')).toBe(expected);
  });

  it('keeps backslashes where the escape character is another', () => {
    expect(unquote('C:\\a`"b', '`')).toBe('C:\\a"b');
  });
});

describe('names of variables', () => {
  it.each([
    ['a', []],
    ['$A', ['A']],
    ['${A}$B', ['A', 'B']],
    ['${A:-${B:-$C}}', ['C', 'B', 'A']],
    ['\\$A', []],
    ["'$A'", []],
    ['"$A"', ['A']],
    ['$', []],
    ['$A "open', ['A']],
  ])('%s: %j', (text, names) => {
    expect(variableNames(text, '\\')).toEqual(names);
    expect(hasVariable(text, '\\')).toBe(names.length > 0);
  });

  it.each([
    ['$A', true],
    ['${A}', true],
    ['${A:-x}', true],
    ["'$A'", true],
    ['\\$A', true],
    ['$AB', false],
    ['A', false],
    ['${B:-A}', false],
  ])('%s mentions A: %s', (text, expected) => {
    expect(mentionsVariable(text, 'A')).toBe(expected);
  });
});
