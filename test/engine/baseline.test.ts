import { describe, expect, it } from 'vitest';
import { knownFrom, parseBaseline, withoutKnown, writeBaseline } from '../../server/src/engine/baseline';
import { createLocalize } from '../../server/src/l10n/localize';
import { fnv1a } from '../../server/src/text/fnv1a';
import { analyzer as engine } from '../helpers/plan';

const OLD = `FROM debian:12
RUN sudo ls && \\
    sudo cat /etc/passwd
USER 1000
`;
const localize = createLocalize(undefined);

function sudoIn(text: string, known: ReadonlyMap<string, number>): number {
  const { dockerfile, findings } = engine.lint(text);
  const [result] = withoutKnown([{ dockerfile, findings }], known);
  return (result?.findings ?? []).filter(({ ruleId }) => ruleId === 'no-sudo').length;
}

function knownOf(text: string) {
  const { dockerfile, findings } = engine.lint(text);
  return knownFrom([{ dockerfile, findings }]);
}

describe('what a baseline knows', () => {
  const known = knownOf(OLD);

  it.each([
    ['the same file', OLD, 0],
    ['lines above', `# syntax=docker/dockerfile:1\n\n# a comment\n${OLD}`, 0],
    ['other line breaks in the instruction', OLD.replace(' && \\\n    sudo', ' && sudo'), 0],
    ['Windows line ends', OLD.replaceAll('\n', '\r\n'), 0],
    ['a comment inside the instruction', OLD.replace('    sudo', '# why\n    sudo'), 0],
    ['the same instruction once more', OLD.replace('USER', 'RUN sudo ls && sudo cat /etc/passwd\nUSER'), 2],
    ['another word in the instruction', OLD.replace('ls', 'ls -l'), 2],
    ['another instruction', OLD.replace('USER', 'RUN sudo id\nUSER'), 1],
  ])('%s', (_, text, expected) => {
    expect(sudoIn(text, known)).toBe(expected);
  });

  it('holds no text of the file: it may be a secret', () => {
    const text = writeBaseline(new Map([['Dockerfile', knownOf('FROM debian:12\nENV PASSWORD=hunter2\n')]]));
    expect(text).toContain('Dockerfile');
    expect(text).not.toContain('hunter2');
  });
});

describe('the file', () => {
  const baseline = new Map([
    [
      'b/Dockerfile',
      new Map([
        ['no-sudo 0000000000000001', 2],
        ['no-root-user 0000000000000002', 1],
      ]),
    ],
    ['__proto__', new Map([['no-sudo 0000000000000003', 1]])],
    ['clean', new Map()],
  ]);

  it('is sorted, with a line for each finding', () => {
    expect(writeBaseline(baseline)).toBe(`{
  "version": 1,
  "files": {
    "__proto__": {
      "no-sudo 0000000000000003": 1
    },
    "b/Dockerfile": {
      "no-root-user 0000000000000002": 1,
      "no-sudo 0000000000000001": 2
    }
  }
}
`);
  });

  it('is read as it was written', () => {
    const read = parseBaseline(writeBaseline(baseline), 'x', localize);
    expect(read.ok && writeBaseline(read.baseline)).toBe(writeBaseline(baseline));
  });

  it.each([
    ['', 'not valid JSON'],
    ['{', 'not valid JSON'],
    ['[]', 'not a baseline file'],
    ['{}', 'not a baseline file'],
    ['{"version": 1}', 'not a baseline file'],
    ['{"version": "1", "files": {}}', 'not a baseline file'],
    ['{"version": 1, "files": {"a": {"x y": 0}}}', 'not a baseline file'],
    ['{"version": 1, "files": {"a": {"x y": "1"}}}', 'not a baseline file'],
    ['{"version": 1, "files": {"a": []}}', 'not a baseline file'],
    ['{"version": 2, "files": {}}', 'baseline version 2 is not supported'],
  ])('%j is refused', (text, reason) => {
    expect(parseBaseline(text, 'x.json', localize)).toEqual({ ok: false, reason: `x.json: ${reason}` });
  });
});

it('hashes as FNV-1a does', () => {
  expect(['', 'a', 'foobar'].map(fnv1a)).toEqual(['cbf29ce484222325', 'af63dc4c8601ec8c', '85944171f73967e8']);
});
