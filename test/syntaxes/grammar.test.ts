import { describe, expect, test } from 'vitest';
import { effortOf } from '../helpers/effort';
import { hasScope, type TokenizedLine, tokenize } from './tokenize';

const keywordScope = 'keyword.other.special-method.dockerfile';
const commentScope = 'comment.line.number-sign.dockerfile';

function keywords(lines: readonly TokenizedLine[]): readonly string[] {
  return lines.flatMap(({ tokens }) => tokens.filter((token) => hasScope(token, keywordScope)).map(({ text }) => text));
}

/** The scopes of the first token with this text. */
function scopesOf(lines: readonly TokenizedLine[], text: string): readonly string[] {
  const token = lines.flatMap(({ tokens }) => tokens).find((candidate) => candidate.text === text);
  if (token === undefined) throw new Error(`No token is exactly ${JSON.stringify(text)}`);
  return token.scopes;
}

async function keywordsOf(...lines: readonly string[]): Promise<readonly string[]> {
  return keywords(await tokenize(lines.join('\n')));
}

describe('keywords', () => {
  const instructions =
    'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER RUN SHELL STOPSIGNAL USER VOLUME WORKDIR';

  test.each(instructions.split(' '))('%s in any case, alone, indented and as a trigger', async (keyword) => {
    const lower = keyword.toLowerCase();
    expect(await keywordsOf(`${keyword} x`, `${lower} x`, `  ${keyword} x`, keyword, `ONBUILD ${keyword} x`)).toEqual([
      keyword,
      lower,
      keyword,
      keyword,
      keyword,
    ]);
  });

  test('ONBUILD with and without a trigger', async () => {
    const lines = await tokenize('ONBUILD RUN x\nonbuild');
    expect(scopesOf(lines, 'ONBUILD')).toContain('keyword.control.dockerfile');
    expect(scopesOf(lines, 'onbuild')).toContain('keyword.control.dockerfile');
  });

  test('a word that only begins like one is none', async () => {
    expect(await keywordsOf('RUNNER x', 'RUN-x y', 'FROMAGE')).toEqual([]);
  });

  test('the lines of an unknown instruction hold none', async () => {
    expect(await keywordsOf('RU apt-get update && \\', 'FROM x', 'RUN y')).toEqual(['RUN']);
  });
});

describe('heredocs', () => {
  test.each([
    ['RUN <<EOF', 'EOF'],
    ['RUN <<-"EOF"', '\tEOF'],
    ["RUN cat << 'EOF' > /x", 'EOF'],
    ['RUN 3<<EOF cat <&3', 'EOF'],
    ['COPY --chown=a:b <<EOF /x.json', 'EOF'],
    ['ADD <<end-of.file /x', 'end-of.file'],
    ['ONBUILD RUN <<EOF', 'EOF'],
  ])('%s: the body holds no instruction, what follows does', async (opening, ending) => {
    const body = ['FROM x', 'RUN it\'s "', 'ENV A=1 \\', 'EOF2', 'COPY <<X /y'];
    const found = await keywordsOf(opening, ...body, ending, 'USER a');
    expect(found).toEqual([/(RUN|COPY|ADD)/.exec(opening)?.[0], 'USER']);
  });

  test('several on a line end one after the other', async () => {
    const lines = await tokenize('COPY <<a <<b <<c /dest/\nb"\na\nUSER x\nb\n<<d y\nc\nUSER x');
    const terminators = lines.flatMap(({ tokens }, line) =>
      line > 0 && tokens.some((token) => hasScope(token, 'keyword.control.heredoc-token')) ? [line] : [],
    );
    expect(terminators).toEqual([2, 4, 6]);
    expect(keywords(lines)).toEqual(['COPY', 'USER']);
  });

  test('one that opens on a continuation line', async () => {
    const found = await keywordsOf('RUN --mount=type=cache,target=/x \\', '<<EOF', 'FROM x', 'EOF', 'USER a');
    expect(found).toEqual(['RUN', 'USER']);
  });

  test('an unterminated one goes on to the end of the file', async () => {
    expect(await keywordsOf('RUN <<EOF', 'FROM x', 'USER a')).toEqual(['RUN']);
  });

  test.each([
    'RUN echo "a <<b c"',
    "RUN echo 'a <<b c'",
    'RUN echo $((1<<2))',
    'RUN cat <<<word',
    'RUN cat <<< word',
    'ENV A=x <<EOF',
    'CMD cat <<EOF',
  ])('%s opens none', async (line) => {
    expect(await keywordsOf(line, 'USER a')).toHaveLength(2);
  });

  test.each([
    ['RUN <<EOF', 'echo', 'meta.embedded.block.shellscript'],
    ['RUN <<EOF', '#!/usr/bin/env python3', 'meta.embedded.block.python'],
    ['RUN <<EOF', '#!/usr/bin/env node', 'meta.embedded.block.javascript'],
    ['RUN <<EOF', '#!/bin/bash', 'meta.embedded.block.shellscript'],
    ['RUN python3 <<EOF', 'print(1)', 'meta.embedded.block.python'],
    ['RUN bash -e <<EOF', 'echo', 'meta.embedded.block.shellscript'],
    ['COPY <<EOF /x.json', '1', 'meta.embedded.block.json'],
    ['COPY <<EOF /x.yml', 'a:', 'meta.embedded.block.yaml'],
    ['COPY <<EOF /x', '#!/bin/sh', 'meta.embedded.block.shellscript'],
    ['COPY <<EOF /x', 'text', 'string.unquoted.heredoc.dockerfile'],
    ['RUN cat <<EOF > /x', 'text', 'string.unquoted.heredoc.dockerfile'],
  ])('%s with %s: %s', async (opening, body, scope) => {
    const [, line] = await tokenize(`${opening}\n${body}\nEOF`);
    expect(line?.tokens[0]?.scopes).toContain(scope);
  });

  test('variables count unless the name is quoted', async () => {
    const [, unquoted] = await tokenize('COPY <<EOF /x\n$V\nEOF');
    const [, quoted] = await tokenize('COPY <<"EOF" /x\n$V\nEOF');
    expect(unquoted?.tokens.some((token) => hasScope(token, 'variable'))).toBe(true);
    expect(quoted?.tokens.some((token) => hasScope(token, 'variable'))).toBe(false);
  });
});

describe('an instruction ends with its last line', () => {
  test.each([
    'RUN echo "x',
    "RUN echo 'x",
    'RUN if true; then',
    'RUN --mount=from=${A',
    'ENV A="x',
    'LABEL a=${B:-',
    'COPY ["a", "b',
    'CMD ["a',
    'FROM x:${V',
    'HEALTHCHECK CMD curl "x',
  ])('%s does not spill', async (line) => {
    const [, next] = await tokenize(`${line}\nUSER app`);
    expect(next?.tokens[0]?.scopes).toEqual(['meta.instruction.user.dockerfile', keywordScope]);
  });

  test('a doubled backslash does not continue it', async () => {
    expect(await keywordsOf('RUN a \\\\', 'USER b')).toEqual(['RUN', 'USER']);
  });

  test('comments and blank lines between its parts do not end it', async () => {
    expect(await keywordsOf('RUN a \\', '# b', '', '  # c', '  && USER \\', ' USER x', 'USER y')).toEqual([
      'RUN',
      'USER',
    ]);
  });
});

describe('comments', () => {
  test('stay comments between the parts of an instruction, also inside a string', async () => {
    for (const start of ['RUN a && \\', 'RUN echo "a \\', 'ENV A=b \\', 'CMD ["a", \\']) {
      const [, comment] = await tokenize(`${start}\n  # it's one\n  x`);
      expect(comment?.tokens.at(-1)?.scopes).toContain(commentScope);
    }
  });

  test('do not continue on the next line', async () => {
    expect(await keywordsOf('# a \\', 'USER b')).toEqual(['USER']);
  });

  test('of the shell run on through the continuations, as the shell sees one line', async () => {
    const lines = await tokenize('RUN a # b \\\n  && c\nUSER d');
    expect(lines[1]?.tokens.every((token) => hasScope(token, commentScope))).toBe(true);
    expect(keywords(lines)).toEqual(['RUN', 'USER']);
  });
});

describe('parser directives', () => {
  const directiveScope = 'keyword.control.directive.dockerfile';

  test('count at the head only', async () => {
    const lines = await tokenize('# syntax=a\n# check=skip=b\n# note\n# escape=`\nRUN a `\nUSER b');
    const isDirective = lines.map(({ tokens }) => tokens.some((token) => hasScope(token, directiveScope)));
    expect(isDirective).toEqual([true, true, false, false, false, false]);
    expect(keywords(lines)).toEqual(['RUN', 'USER']);
  });

  test('escape=` changes the continuation of the whole file', async () => {
    const found = await keywordsOf('#escape = `', '# syntax=a', 'RUN a `', 'USER b', 'COPY . C:\\', 'USER c');
    expect(found).toEqual(['RUN', 'COPY', 'USER']);
  });

  test('may follow a shebang', async () => {
    const lines = await tokenize('#!/bin/x\n# syntax=a');
    expect(scopesOf(lines, 'syntax')).toContain(directiveScope);
  });
});

describe('speed', () => {
  /** Several times what they take, in plain works. */
  const MOST_FOR_A_FILE = 500;
  const MOST_FOR_A_LINE = 100;

  const stage = `FROM reg.io:5000/a/b:\${V:-1} AS s
ARG A=1 B="two"
RUN --mount=type=cache,target=/root apt-get update && \\
    # note
    apt-get install -y "curl" $X
COPY --from=s --chown=1:1 <<EOF /x.json
{"a": 1}
EOF
HEALTHCHECK --interval=1s CMD curl x || exit 1
CMD ["a", "b"]
`;

  test('2,000 lines', async () => {
    const effort = await effortOf(() => tokenize(stage.repeat(200)));
    expect(effort).toBeLessThan(MOST_FOR_A_FILE);
  });

  test.each([
    ['words', `RUN ${'word '.repeat(2000)}`],
    ['one word', `RUN ${'a'.repeat(10_000)}`],
    ['quotes', `RUN ${'"a" '.repeat(2500)}`],
    ['an open quote', `RUN ${"'a' ".repeat(2500)}"`],
    ['brackets', `RUN ${'['.repeat(10_000)}`],
    ['JSON that is none', `CMD [${'"a", '.repeat(2000)}x]`],
    ['expansions', `ENV A=${'${B:-${C}} '.repeat(900)}`],
    ['backslashes', `ENV A=${'\\'.repeat(10_000)}`],
    ['heredoc marks', `RUN ${'<<a '.repeat(2500)}`],
    ['near heredoc marks', `RUN ${'<< '.repeat(3300)}`],
    ['blanks', `FROM ${' '.repeat(10_000)}x`],
    ['options', `RUN --mount=${'a=b,'.repeat(2500)}`],
    ['an image', `FROM ${'a.'.repeat(5000)}`],
    ['hashes', `RUN ${' #'.repeat(5000)} \\`],
    ['a directive', `# syntax=${'a '.repeat(5000)}`],
  ])('a line of 10,000 characters does not hang: %s', async (_, line) => {
    const effort = await effortOf(() => tokenize(`${line}\nUSER x`));
    expect(effort).toBeLessThan(MOST_FOR_A_LINE);
  });
});
