import { describe, expect, it } from 'vitest';
import { hostKind, inlineDockerfiles } from '../../../server/src/project/inline/inlineDockerfiles';
import { applyEdits } from '../../../server/src/text/edits';

function read(path: string, text: string) {
  const kind = hostKind(path);
  if (!kind) throw new Error(path);
  return inlineDockerfiles(kind, path, text);
}

const textsOf = (path: string, text: string) => read(path, text).map((one) => one.text.text);

/** What the host says where a part of the text stands. */
function marked(path: string, host: string, part: string): string[] {
  return read(path, host).map(({ text }) => {
    const start = text.text.indexOf(part);
    const span = text.spanOf({ start, end: start + part.length });
    return host.slice(span.start, span.end);
  });
}

/** The host after an edit of its only Dockerfile: the part replaced with another text. */
function edited(path: string, host: string, part: string, newText: string): string | undefined {
  const [one] = read(path, host);
  const start = one?.text.text.indexOf(part) ?? -1;
  const edits = one?.text.editsInHost([{ span: { start, end: start + part.length }, newText }]);
  return edits && applyEdits(host, edits);
}

const compose = (build: string) => `services:\n  api:\n    build:\n${build}`;

describe('dockerfile_inline of Compose files', () => {
  it.each([
    ['|', '      dockerfile_inline: |\n        FROM a\n        RUN b\n', 'FROM a\nRUN b\n'],
    ['|-', '      dockerfile_inline: |- # c\n        FROM a\n\n          RUN b\n', 'FROM a\n\n  RUN b'],
    ['|+', '      dockerfile_inline: |+\n        FROM a\n\n\n', 'FROM a\n\n\n'],
    ['an indentation indicator', '      dockerfile_inline: |2\n          FROM a\n        RUN b\n', '  FROM a\nRUN b\n'],
    ['CRLF', '      dockerfile_inline: |\r\n        FROM a\r\n\r\n        RUN b\r\n', 'FROM a\n\nRUN b\n'],
    ['no line end at the end', '      dockerfile_inline: |\n        FROM a', 'FROM a\n'],
    ['>', '      dockerfile_inline: >\n        FROM a\n\n        RUN b\n        c\n', 'FROM a\nRUN b c\n'],
    ['double quotes', '      dockerfile_inline: "FROM a\\nRUN \\"b\\""\n', 'FROM a\nRUN "b"'],
    ['single quotes', "      dockerfile_inline: 'FROM a\n\n        RUN ''b'''\n", "FROM a\nRUN 'b'"],
    ['a plain scalar', '      dockerfile_inline: FROM a\n', 'FROM a'],
    ['a flow map', '      { dockerfile_inline: "FROM a\\n" }\n', 'FROM a\n'],
    ['a tag and an anchor', '      dockerfile_inline: &x !!str |\n        FROM a\n', 'FROM a\n'],
    [
      'an escaped dollar',
      '      dockerfile_inline: |\n        FROM a\n        RUN echo $$A\n',
      'FROM a\nRUN echo $A\n',
    ],
  ])('%s', (_, build, text) => {
    expect(textsOf('compose.yaml', compose(build))).toEqual([text]);
  });

  it('one text for all services that share it, by an alias or a merge', () => {
    const host =
      'x-build: &b\n  dockerfile_inline: &d |\n    FROM a\nservices:\n  a: {build: {<<: *b, target: x}}\n  b: {build: {dockerfile_inline: *d}}\n';
    const [one, ...others] = read('compose.yaml', host);
    expect(others).toEqual([]);
    expect(one?.builds.map(({ owner }) => owner.name)).toEqual(['a', 'b']);
  });

  it('holes where Compose puts in a value; nothing where it rejects the text', () => {
    const host = (line: string) => compose(`      dockerfile_inline: |\n        FROM a:${line}\n`);
    for (const value of ['$TAG', '${TAG}', '${TAG:-${OTHER}}'])
      expect(read('compose.yaml', host(value))[0]?.holes).toEqual([{ start: 7, end: 18 }]);
    expect(read('compose.yaml', host('$(date)'))).toEqual([]);
  });

  it('places', () => {
    const host = compose('      dockerfile_inline: |\n        FROM a\n        RUN echo $$A && b\n');
    expect(marked('compose.yaml', host, 'RUN echo $A && b')).toEqual(['RUN echo $$A && b']);
    expect(marked('compose.yaml', host, 'a\nRUN')).toEqual(['a\n        RUN']);
    const quoted = compose('      dockerfile_inline: "FROM a\\nRUN \\"b\\""\n');
    expect(marked('compose.yaml', quoted, 'RUN "b"')).toEqual(['RUN \\"b\\"']);
    const folded = compose('      dockerfile_inline: >\n        FROM a\n\n        RUN b\n        c d\n');
    expect(marked('compose.yaml', folded, 'b c')).toEqual(['b\n        c']);
  });

  it('edits with the indentation and the dollar signs of the host', () => {
    const host = compose('      dockerfile_inline: |\n        FROM a\n\n        RUN b\n');
    const wrote = (part: string, newText: string) =>
      edited('compose.yaml', host, part, newText)?.slice(compose('').length);
    const head = '      dockerfile_inline: |\n';
    expect(wrote('RUN b', 'RUN c \\\n    $D')).toBe(`${head}        FROM a\n\n        RUN c \\\n            $$D\n`);
    expect(wrote('RUN b\n', '')).toBe(`${head}        FROM a\n\n`);
    expect(wrote('FROM a\n', 'FROM a\nUSER 1\n')).toBe(`${head}        FROM a\n        USER 1\n\n        RUN b\n`);
    expect(wrote('\nRUN b', '\nX\n\nRUN b')).toBe(`${head}        FROM a\n\n        X\n\n        RUN b\n`);
    expect(wrote('a\n\nRUN ', 'a ')).toBe(`${head}        FROM a b\n`);
    expect(wrote('RUN b\n', 'RUN b\nUSER 1\n')).toBe(`${head}        FROM a\n\n        RUN b\n        USER 1\n`);
  });

  it('edits in double quotes; none where the form leaves no room', () => {
    const quoted = compose('      dockerfile_inline: "FROM a\\nRUN b"\n');
    expect(edited('compose.yaml', quoted, 'RUN b', 'RUN "b"\nUSER 1')).toContain('"FROM a\\nRUN \\"b\\"\\nUSER 1"');
    for (const form of ['>\n        FROM a\n', 'FROM a\n', "'FROM a'\n"])
      expect(edited('compose.yaml', compose(`      dockerfile_inline: ${form}`), 'a', 'b')).toBeUndefined();
  });

  it.each([
    'services: [',
    'services: {a: {build: {dockerfile_inline: *x}}}',
    'a: dockerfile_inline',
    'services: {a: {build: {dockerfile_inline: 3}}}',
  ])('nothing in %s', (host) => expect(read('compose.yaml', host)).toEqual([]));
});

describe('dockerfile-inline of Bake files', () => {
  const target = (value: string) => `target "app" {\n  dockerfile-inline = ${value}\n  target = "x"\n}\n`;

  it.each([
    ['<<EOT', '<<EOT\nFROM a\n  RUN b\nEOT', 'FROM a\n  RUN b\n'],
    ['<<-EOT', '<<-EOT\n    FROM a\n\n      RUN b\n  EOT', 'FROM a\n\n  RUN b\n'],
    ['<<-EOT with tabs', '<<-EOT\n\tFROM a\n\t\tRUN b\nEOT', 'FROM a\n\tRUN b\n'],
    ['an empty heredoc', '<<EOT\nEOT', ''],
    ['a string', '"FROM a\\nRUN \\"b\\"" # c', 'FROM a\nRUN "b"'],
    ['escaped templates', '<<EOT\nFROM a\nRUN $${A} $B %%{c}\nEOT', 'FROM a\nRUN ${A} $B %{c}\n'],
  ])('%s', (_, value, text) => {
    expect(textsOf('docker-bake.hcl', target(value))).toEqual([text]);
  });

  it.each(['join("\\n", ["FROM a"])', '"FROM a" == x ? "b" : "c"', '<<EOT\n%{ if x }FROM a%{ endif }\nEOT', 'x'])(
    'nothing in %s',
    (value) => {
      expect(read('docker-bake.hcl', target(value))).toEqual([]);
    },
  );

  it('edits with the indentation and the templates of the host', () => {
    const host = target('<<-EOT\n    FROM a\n    RUN b\n  EOT');
    expect(edited('docker-bake.hcl', host, 'RUN b\n', 'RUN ${B}\nUSER 1\n')).toBe(
      target('<<-EOT\n    FROM a\n    RUN $${B}\n    USER 1\n  EOT'),
    );
  });

  it('targets that inherit the text build it, too', () => {
    const host = `${target('"FROM a"')}target "b" {\n  inherits = ["app"]\n  args = {X = "1"}\n}\ngroup "default" {\n  targets = ["app", "b"]\n}\n`;
    expect(read('docker-bake.hcl', host).map(({ builds }) => builds.map(({ owner }) => owner.name))).toEqual([
      ['app', 'b'],
    ]);
  });

  it('strings of JSON files', () => {
    const host = '{\n\t"target": {\n\t\t"app": {"dockerfile-inline": "FROM a\\nRUN \\"${B}\\" $${C}\\n"}\n\t}\n}\n';
    const [one] = read('docker-bake.json', host);
    expect(one?.text.text).toBe('FROM a\nRUN "${NO_PROXY}" ${C}\n');
    expect(marked('docker-bake.json', host, 'RUN "${NO_PROXY}"')).toEqual(['RUN \\"${B}\\"']);
    expect(edited('docker-bake.json', host, 'FROM a\n', 'FROM b\nUSER 1\n')).toBe(
      host.replace('FROM a\\n', 'FROM b\\nUSER 1\\n'),
    );
  });
});

describe('code fences of Markdown files', () => {
  it.each([
    ['backticks', '# A\n\n```dockerfile\nFROM a\n```\n', 'FROM a\n'],
    ['tildes and other names', '~~~~ Dockerfile title="x"\nFROM a\n~~~~~\n', 'FROM a\n'],
    ['a list', '- x\n\n   ```docker\n   FROM a\n\n     RUN b\n   ```\n', 'FROM a\n\n  RUN b\n'],
    ['on the line of the bullet', '1. ```dockerfile:app/Dockerfile\n   FROM a\n   ```\n', 'FROM a\n'],
    ['CRLF', '```dockerfile\r\nFROM a\r\nRUN b\r\n```\r\n', 'FROM a\nRUN b\n'],
  ])('%s', (_, host, text) => {
    expect(textsOf('README.md', host)).toEqual([text]);
  });

  it('a part without FROM', () => {
    const [one] = read('README.md', '```dockerfile\nRUN b\n```\n');
    expect(one?.isFragment).toBe(true);
    expect(marked('README.md', '```dockerfile\nRUN b\n```\n', 'RUN b')).toEqual(['RUN b']);
  });

  it.each([
    ['another language', '```sh\nFROM a\n```\n'],
    ['a language with such a name', '```docker-compose\nFROM a\n```\n'],
    ['a fence in a fence', '````md\n```dockerfile\nFROM a\n```\n````\n'],
    ['a sketch', '```dockerfile\nFROM a\n...\nCMD b\n```\n'],
    ['an instruction without its words', '```dockerfile\nFROM a\nRUN ...\n```\n'],
    ['a placeholder', '```dockerfile\nFROM a:<tag>\nCOPY . .\n```\n'],
    ['commands', '```docker\ndocker run a\n```\n'],
    ['words', '```docker\nrun -it a\n```\n'],
    ['an open fence', '```dockerfile\nFROM a\n'],
    ['less indentation', '- x\n\n  ```dockerfile\n  FROM a\nRUN b\n  ```\n'],
    ['code in a line', '```dockerfile FROM a``` x\nFROM a\n```\n'],
  ])('nothing in %s', (_, host) => {
    expect(read('README.md', host)).toEqual([]);
  });
});
