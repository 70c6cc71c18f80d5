import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinContinuations, joinPieces } from '../../server/src/shell/logicalText';
import { parseShell, shiftScript } from '../../server/src/shell/parse';
import type { ShellChain, ShellScript } from '../../server/src/shell/script';
import type { Span } from '../../server/src/text/span';
import { at, only, parseJoined, parseVerbatim, show, wholeOf } from './shellText';

const commands = (text: string): string[] => parseVerbatim(text).commands.map(show);
const operators = (chain: ShellChain): string[] => chain.operators.map((operator) => operator.text);

describe('spans', () => {
  it.each([
    ['a word cut by a continuation', 'ap\\\nt-get update', ['ap\\\nt-get', 'update'], ['apt-get', 'update']],
    ['a quoted word cut by one', '"cu\\\nrl" x', ['"cu\\\nrl"', 'x'], ['curl', 'x']],
    ['a comment line with a backslash', 'a \\\n# b \\\n c', ['a', 'c'], ['a', 'c']],
    ['blank lines', 'a \\\n\n\n  b', ['a', 'b'], ['a', 'b']],
    ['Windows line ends', 'a \\\r\n\tb \\\r\n\tc', ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['blanks behind the backslash', 'a b\\ \t\n c', ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['tabs', '\ta\t\tb', ['a', 'b'], ['a', 'b']],
    ['characters beyond the BMP', 'a "😀" b', ['a', '"😀"', 'b'], ['a', '😀', 'b']],
  ])('are exact through %s', (_, text, sources, values) => {
    const [command] = parseJoined(text).commands;
    expect(command?.words.map((word) => at(text, word.span))).toEqual(sources);
    expect(command?.words.map((word) => word.value)).toEqual(values);
  });

  it('are exact in a heredoc whose tabs are dropped', () => {
    const text = '\tapt-get update\n\t\tapt-get install x\n';
    const script = parseShell(
      joinPieces(text, [
        { start: 1, end: 16 },
        { start: 18, end: text.length },
      ]),
    );
    expect(script.commands.map((command) => at(text, command.span))).toEqual(['apt-get update', 'apt-get install x']);
  });

  it('of a command reach from its first assignment or wrapper to its last redirect', () => {
    const text = 'a && X=1 sudo b c 2>&1 >d; e';
    expect(at(text, parseJoined(text).commands[1]?.span ?? wholeOf(text))).toBe('X=1 sudo b c 2>&1 >d');
  });

  it('of operators and items are where they stand', () => {
    const text = 'a \\\n && b; c | d \\\n || e &';
    const { chain } = parseJoined(text);
    expect(chain.operators.map((operator) => at(text, operator.span))).toEqual(['&&', ';', '||', '&']);
    expect(chain.items.map((item) => at(text, item.span))).toEqual(['a', 'b', 'c | d', 'e']);
  });
});

describe('words', () => {
  it.each([
    ["'a b'", 'a b', true],
    ['"a b"', 'a b', true],
    ['a\\ b', 'a b', true],
    ['\\*', '*', true],
    ['"*"', '*', true],
    ['a\'b\'"c"', 'abc', true],
    ["$'a'", 'a', true],
    ['a~b', 'a~b', true],
    ['a{b}', 'a{b}', true],
    ['$X', '$X', false],
    ['"$X"', '$X', false],
    ["'$X'", '$X', true],
    ['${X:-a}', '${X:-a}', false],
    ['$(a)', '$(a)', false],
    ['`a`', '`a`', false],
    ['$((1+1))', '$((1+1))', false],
    ['*.txt', '*.txt', false],
    ['a?', 'a?', false],
    ['[ab]', '[ab]', false],
    ['{a,b}', '{a,b}', false],
    ['~/a', '~/a', false],
  ])('%s is %j, static: %s', (text, value, isStatic) => {
    expect(only(`x ${text}`).words[1]).toMatchObject({ text, value, isStatic });
  });

  it.each([
    ['/usr/bin/apt-get x', 'apt-get'],
    ["'rm' x", 'rm'],
    ['\\rm x', 'rm'],
    ['./configure', 'configure'],
    ['[ -f x ]', '['],
    ['$CMD x', ''],
    ['"$HOME"/bin/x', ''],
    ['A=1', ''],
  ])('name of `%s` is %j', (text, name) => {
    expect(only(text).name).toBe(name);
  });

  it('keeps assignments apart', () => {
    const command = only('A=1 B="$X" C= make D=2');
    expect(command.assignments.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', undefined],
      ['C', ''],
    ]);
    expect(show(command)).toBe('make D=2');
  });

  it('reads redirects with their descriptor and target', () => {
    const text = 'a 2>/dev/null >>"b c" <<<d &>e 2>&1';
    expect(only(text).redirects.map((one) => [one.operator, one.target?.value, at(text, one.span)])).toEqual([
      ['2>', '/dev/null', '2>/dev/null'],
      ['>>', 'b c', '>>"b c"'],
      ['<<<', 'd', '<<<d'],
      ['&>', 'e', '&>e'],
      ['2>&', '1', '2>&1'],
    ]);
  });
});

describe('wrappers', () => {
  it.each([
    ['sudo -E apt-get update', 'sudo -E', 'apt-get update'],
    ['sudo -u root a', 'sudo -u root', 'a'],
    ['sudo -Eu root a', 'sudo -Eu root', 'a'],
    ['sudo -uroot a', 'sudo -uroot', 'a'],
    ['sudo --user=root -- a -b', 'sudo --user=root --', 'a -b'],
    ['sudo env X=1 a', 'sudo env', 'a'],
    ['env -i -u A X=1 Y="$Z" a', 'env -i -u A', 'a'],
    ['/usr/bin/env a', '/usr/bin/env', 'a'],
    ['exec a', 'exec', 'a'],
    ['exec gosu user a -b', 'exec gosu user', 'a -b'],
    ['command a', 'command', 'a'],
    ['nice -n 5 a', 'nice -n 5', 'a'],
    ['nice -5 a', 'nice -5', 'a'],
    ['timeout -k 5 30 a', 'timeout -k 5 30', 'a'],
    ['timeout --signal=KILL 1m a', 'timeout --signal=KILL 1m', 'a'],
    ['nohup setsid a', 'nohup setsid', 'a'],
    ['stdbuf -oL a', 'stdbuf -oL', 'a'],
    ['ionice -c 3 a', 'ionice -c 3', 'a'],
    ['xargs -n 1 -0 rm -f', 'xargs -n 1 -0', 'rm -f'],
    ['xargs -r0 a', 'xargs -r0', 'a'],
    ['xargs -I {} a {}', 'xargs -I {}', 'a {}'],
    ['su-exec u:g a', 'su-exec u:g', 'a'],
    ['time -p a', '', 'a'],
    ['command -v sudo', '', 'command -v sudo'],
    ['sudo', '', 'sudo'],
    ['sudo -i', '', 'sudo -i'],
    ['env', '', 'env'],
    ['exec >log', '', 'exec'],
    ['echo sudo a', '', 'echo sudo a'],
  ])('`%s` runs %j %j', (text, wrappers, words) => {
    const command = only(text);
    expect(command.wrappers.map((word) => word.value).join(' ')).toBe(wrappers);
    expect(show(command)).toBe(words);
  });

  it('give the assignments of env to the command', () => {
    expect(only('env A=1 B="$X" a').assignments.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', undefined],
    ]);
  });
});

describe('chains', () => {
  it.each([
    ['a && b || c; d', ['&&', '||', ';']],
    ['a\nb\n\nc\n', ['\n', '\n']],
    ['a & b &', ['&', '&']],
    ['a;', [';']],
    ['a ; # c', [';']],
    ['a # b; c\nd', ['\n']],
    ['a &&\n  # b\n c', ['&&']],
    ['cat <<E\nx; y & z\nE\nb', ['\n']],
    ['a "x;y" ; b', [';']],
    ['if a; then b; fi; c', [';']],
    ['(a; b) && { c; d; }', ['&&']],
    ['a', []],
    ['', []],
  ])('operators of %j are %j', (text, expected) => {
    expect(operators(parseVerbatim(text).chain)).toEqual(expected);
  });

  it.each([
    ['a', 'command'],
    ['a | b', 'pipeline'],
    ['! a', 'pipeline'],
    ['{ a; }', 'group'],
    ['{ a; } >b', 'group'],
    ['(a)', 'subshell'],
    ['if a; then b; fi', 'if'],
    ['for x in 1; do a; done', 'for'],
    ['while a; do b; done', 'while'],
    ['until a; do b; done', 'while'],
    ['case x in a) b;; esac', 'case'],
    ['f() { a; }', 'function'],
    ['[[ -f x ]]', 'other'],
  ])('%s is one item of kind %s', (text, kind) => {
    expect(parseVerbatim(text).chain.items.map((item) => item.kind)).toEqual([kind]);
  });

  it('of a nested command is the innermost one', () => {
    const script = parseVerbatim('a && { b; c; } && d');
    const [a, b, c, d] = script.commands;
    expect(a?.chain).toBe(script.chain);
    expect(b?.chain).not.toBe(script.chain);
    expect([b?.itemIndex, c?.itemIndex, d?.itemIndex]).toEqual([0, 1, 2]);
    expect(b?.chain).toBe(c?.chain);
    expect(script.chain.items[1]?.commands).toEqual([b, c]);
  });

  it('count the commands of a pipeline as one item', () => {
    const { commands: all } = parseVerbatim('a; b | c | d');
    expect(all.map(({ itemIndex, pipeline }) => [itemIndex, pipeline.index, pipeline.length])).toEqual([
      [0, 0, 1],
      [1, 0, 3],
      [1, 1, 3],
      [1, 2, 3],
    ]);
  });
});

describe('conditions', () => {
  it.each([
    ['a && b; c', ''],
    ['a || b', 'b'],
    ['a || b && c; d', 'b c'],
    ['[ -f x ] && b', 'b'],
    ['test -f x && b && c', 'b c'],
    ['! [ -f x ] && b', 'b'],
    ['[[ -f x ]] && b; c', 'b'],
    ['if a; then b; elif c; then d; else e; fi', 'b c d e'],
    ['for x in 1; do b; done', 'b'],
    ['while a; do b; done', 'a b'],
    ['case x in a) b;; *) c;; esac; d', 'b c'],
    ['f() { b; }; f', 'b'],
    ['{ a; } && (b)', ''],
    ['a | b', ''],
    ['a $(b || c)', 'c'],
  ])('in `%s` may not run: %j', (text, expected) => {
    const conditional = parseVerbatim(text).commands.filter((command) => command.isConditional);
    expect(conditional.map((command) => command.name).join(' ')).toBe(expected);
  });
});

describe('substitutions', () => {
  it.each([
    ['a $(b)', 'b'],
    ['a "x $(b "$(c)")"', 'b c'],
    ['a `b`', 'b'],
    ['a <(b) >(c)', 'b c'],
    ['A=$(b)', 'b'],
    ['a ${X:-$(b)}', 'b'],
    ['a $((1 + $(b)))', 'b'],
    ['a >"$(b)"', 'b'],
    ['for x in $(b); do a; done', 'b'],
    ['case $(b) in x) a;; esac', 'b'],
    ['[[ -f $(b) ]]', 'b'],
    ['cat <<E\n$(b)\nE', 'b'],
    ["cat <<'E'\n$(b)\nE", ''],
    ["a '$(b)'", ''],
  ])('of `%s` are %j, with exact spans', (text, expected) => {
    const inner = parseVerbatim(text).commands.filter((command) => command.isSubstitution);
    expect(inner.map((command) => command.name).join(' ')).toBe(expected);
    for (const command of inner) expect(at(text, command.words[0]?.span ?? wholeOf(text))).toBe(command.name);
  });

  it('in backticks with escapes are left out: their text has no place of its own', () => {
    expect(commands('a `b \\`c\\``; d')).toEqual(['a `b \\`c\\``', 'd']);
  });
});

describe('sh -c', () => {
  it.each([
    ["sh -c 'b && c'", ['b', 'c']],
    ['bash -lc "b; c"', ['b', 'c']],
    ["/bin/bash -o pipefail -c 'b | c'", ['b', 'c']],
    ["sudo sh -c 'b'", ['b']],
    ['sh -c "b $X"', []],
    ['sh -c "b \\"c\\""', []],
    ['sh -c $X', []],
    ['sh b -c', []],
    ["echo sh -c 'b'", []],
  ])('%s also runs %j', (text, names) => {
    const nested = parseVerbatim(text).commands.slice(1);
    expect(nested.map((command) => command.name)).toEqual(names);
    for (const command of nested) {
      expect(at(text, command.span)).toBe(command.name);
      expect(command.isSubstitution).toBe(false);
    }
  });

  it('maps through continuations', () => {
    const text = "sh -c 'ap\\\nt-get x'";
    expect(parseJoined(text).commands.map((command) => at(text, command.span))).toEqual([text, 'ap\\\nt-get x']);
  });
});

describe('incomplete text', () => {
  it.each([
    ['a &&', 'a'],
    ['a |', 'a'],
    ['a; fi; b && c', 'a b c'],
    ['a ) && b', 'a b'],
    ['a && && b', 'a b'],
    ['a ;; b', 'a b'],
    ['a & & b', 'a b'],
    ['| a', 'a'],
    ['done\nfi\nb', 'b'],
    ['else b; c', 'b c'],
    ['a && fi && done && b', 'a b'],
    ['if a; then b', 'a b'],
    ['if a; then b; done; c', 'a b c'],
    ['for x in 1 2; do b', 'b'],
    ['case x in a) b', 'b'],
    ['{ a; b', 'a b'],
    ['( a; b', 'a b'],
    ['a $(b', 'a b'],
    ['a "b', 'a'],
    ['a `b', 'a b'],
    ['a > ', 'a'],
    ["a 'b\nc", 'a'],
  ])('%j keeps its commands: %s', (text, names) => {
    const script = parseVerbatim(text);
    expect(script.commands.map((command) => command.name).join(' ')).toBe(names);
    expect(script.errors.length).toBeGreaterThan(0);
  });

  it('ends an unterminated heredoc name where the text ends', () => {
    const text = 'a <<E`\\';
    expect(at(text, only(text).span)).toBe(text);
    expect(only(text).span.end).toBe(text.length);
  });

  it('has no command twice after a stray token', () => {
    expect(commands('a ) b ) c; d')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes what follows a stray `||` as conditional', () => {
    expect(parseVerbatim('a || || b').commands.map((command) => command.isConditional)).toEqual([false, true]);
  });

  it.each(['$(', '"$(', '`', '((', '{ ', 'if ', '${a:-', 'a <(', 'f() { ', ')', 'a;;', 'a && ', '! ', 'a <<E '])(
    'survives %j five thousand times',
    (piece) => {
      expect(() => shiftScript(parseVerbatim(piece.repeat(5000)), 1)).not.toThrow();
    },
  );
});

const SCRIPT = `set -eux; \\
    apt-get update && apt-get install -y "curl" \\
    # comment
    && if [ "$(uname -m)" = x86_64 ]; then ln -s a 'b c'; fi \\

    && for x in 1 2; do echo "$x" | tee -a log; done \\
    && sh -c 'a && b' > x 2>&1 || { rm -rf /tmp/*; exit 1; }
cat <<EOF | sort \`date\`
text $(b)
EOF
case $X in a|b) c ;; *) d ;; esac; f() { e; }`;

const PIECES = [
  ...['"', "'", '`', '$(', ')', '${', '}', '\\\n', '\\', '\n', '\r\n'],
  ...['&&', '||', ';', '|', '<<E', '#', '{', 'fi', ' '],
];

/** The script with a few pieces put in, taken out or cut off. */
const mutated = fc
  .array(fc.tuple(fc.nat(SCRIPT.length), fc.nat(6), fc.constantFrom('', ...PIECES)), { maxLength: 6 })
  .map((changes) =>
    changes.reduce((text, [start, length, piece]) => text.slice(0, start) + piece + text.slice(start + length), SCRIPT),
  );

function spansOf(script: ShellScript): Span[] {
  return [
    ...script.errors.map((error) => error.span),
    ...script.commands.flatMap((command) => [
      command.span,
      ...command.assignments.map((one) => one.span),
      ...command.redirects.map((one) => one.span),
      ...[command.chain, script.chain].flatMap((chain) => [...chain.items, ...chain.operators].map((one) => one.span)),
    ]),
  ];
}

/** Every command, chain and word is where it says. */
function checkScript(script: ShellScript, text: string): void {
  const isInside = ({ start, end }: Span): boolean => start >= 0 && end >= start && end <= text.length;
  expect(spansOf(script).filter((span) => !isInside(span))).toEqual([]);
  for (const command of script.commands) {
    for (const word of [...command.words, ...command.wrappers]) {
      const source = at(text, word.span);
      // Longer than the word only where lines were joined in it.
      if (source.length === word.text.length) expect(source).toBe(word.text);
      else expect(source).toContain('\n');
    }
    expect(command.chain.items[command.itemIndex]?.commands).toContain(command);
  }
  const { items, operators: between } = script.chain;
  expect([Math.max(0, items.length - 1), items.length]).toContain(between.length);
}

describe('any text', () => {
  it('gives spans inside the text and words as they stand there', () => {
    const texts = fc.oneof(mutated, fc.string(), fc.string({ unit: fc.constantFrom(...PIECES, 'a', 'b') }));
    fc.assert(
      fc.property(texts, (text) => {
        checkScript(parseJoined(text), text);
        checkScript(parseVerbatim(text), text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('shiftScript', () => {
  it('is the script of the moved text', () => {
    const moved = `# head\n${SCRIPT}`;
    const by = moved.length - SCRIPT.length;
    const there = parseShell(joinContinuations(moved, { start: by, end: moved.length }, '\\'));
    expect(shiftScript(parseJoined(SCRIPT), by)).toEqual(there);
  });

  it('keeps commands and chains one', () => {
    const script = shiftScript(parseJoined(SCRIPT), 5);
    for (const command of script.commands) {
      expect(command.chain.items[command.itemIndex]?.commands).toContain(command);
    }
    expect(script.commands[0]?.chain).toBe(script.chain);
  });

  it('leaves the old script as it was', () => {
    const script = parseJoined(SCRIPT);
    shiftScript(script, 9);
    expect(script).toEqual(parseJoined(SCRIPT));
  });
});
