import { describe, expect, it } from 'vitest';
import { addToConfig } from '../../server/src/project/addToConfig';

const ENTRY = { section: 'optimize', key: 'without', value: 'slim-base' };

describe('a value for the configuration', () => {
  it.each([
    ['a new file', '', 'optimize:\n  without: [slim-base]\n'],
    ['a file of comments', '# ours\n', '# ours\noptimize:\n  without: [slim-base]\n'],
    [
      'another section, with comments',
      '# Team rules\nextends: all # strict\n\nrules:\n    no-sudo: off\n# end',
      '# Team rules\nextends: all # strict\n\nrules:\n    no-sudo: off\n# end\noptimize:\n  without: [slim-base]\n',
    ],
    [
      'a section with other keys',
      'optimize:\n    needs: [curl] # health check\n    # more\nfailOn: never\n',
      'optimize:\n    needs: [curl] # health check\n    without: [slim-base]\n    # more\nfailOn: never\n',
    ],
    ['a section without keys', 'optimize: # later\n', 'optimize:\n  without: [slim-base] # later\n'],
    ['a list without values', 'optimize:\n  without:\n', 'optimize:\n  without: [slim-base]\n'],
    ['an empty list', 'optimize:\n  without: []\n', 'optimize:\n  without: [slim-base]\n'],
    ['a list in brackets', 'optimize: {without: [a, "b"]}\n', 'optimize: {without: [a, "b", "slim-base"]}\n'],
    [
      'a list over several lines',
      'optimize:\n  without: [\n    a, # why\n  ]\n',
      'optimize:\n  without: [\n    a, slim-base, # why\n  ]\n',
    ],
    [
      'a list with dashes',
      'optimize:\n  without:\n  - a # why\n\nfailOn: never\n',
      'optimize:\n  without:\n  - a # why\n  - slim-base\n\nfailOn: never\n',
    ],
    ['one value', 'optimize:\n  without: a # why\n', 'optimize:\n  without: [a, slim-base] # why\n'],
    ['a last line without an end', 'optimize:\n  needs: [a]', 'optimize:\n  needs: [a]\n  without: [slim-base]\n'],
    ['Windows line ends', 'failOn: never\r\n', 'failOn: never\r\noptimize:\r\n  without: [slim-base]\r\n'],
    ['JSON', '{\n  "failOn": "never"\n}\n', '{\n  "failOn": "never", "optimize": {"without": ["slim-base"]}\n}\n'],
    ['JSON with a list', '{"optimize": {"without": ["a"]}}', '{"optimize": {"without": ["a", "slim-base"]}}'],
    ['empty JSON', '{}', '{"optimize": {"without": ["slim-base"]}}'],
  ])('goes into %s', (_, before, after) => {
    expect(addToConfig(before, ENTRY)).toBe(after);
  });

  it.each([['optimize: {without: slim-base}'], ['optimize:\n  without:\n    - slim-base\n']])(
    'is there already: %s',
    (text) => {
      expect(addToConfig(text, ENTRY)).toBe(text);
    },
  );

  it.each([
    ['optimize: 3'],
    ['optimize: [a]'],
    ['- a'],
    ['a: ['],
    ['base: &b {without: [a]}\noptimize: *b\n'],
    ['optimize:\n  <<: *gone\n'],
  ])('has no place in %s', (text) => {
    expect(addToConfig(text, ENTRY)).toBeUndefined();
  });

  it.each([
    ['/var/lib/a b', '"/var/lib/a b"'],
    ['/data', '/data'],
    ['libssl3: x, y]', '"libssl3: x, y]"'],
    ['1.5', '"1.5"'],
  ])('quotes what YAML would read otherwise: %s', (value, written) => {
    expect(addToConfig('', { section: 'optimize', key: 'needs', value })).toBe(`optimize:\n  needs: [${written}]\n`);
  });
});

describe('the only value of a key', () => {
  const off = { section: 'rules', key: 'no-sudo', value: 'off', isSingle: true } as const;
  it.each([
    ['a new file', '', 'rules:\n  no-sudo: off\n'],
    [
      'a section with other keys',
      'rules:\n  no-root-user: error # strict\n',
      'rules:\n  no-root-user: error # strict\n  no-sudo: off\n',
    ],
    ['a key that has another', 'rules:\n  no-sudo: error # strict\n', 'rules:\n  no-sudo: off # strict\n'],
    ['JSON', '{"rules": {"no-sudo": "error"}}\n', '{"rules": {"no-sudo": "off"}}\n'],
    ['JSON without it', '{"rules": {}}\n', '{"rules": {"no-sudo": "off"}}\n'],
    ['a key that has it', 'rules: {no-sudo: off}\n', 'rules: {no-sudo: off}\n'],
  ])('goes into %s', (_, before, after) => {
    expect(addToConfig(before, off)).toBe(after);
  });
});
