import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bakeBuilds } from '../../../server/src/project/builds/bake';
import { readHcl } from '../../../server/src/project/builds/hcl';

const hcl = (text: string, others: Readonly<Record<string, string>> = {}) =>
  bakeBuilds(new Map(Object.entries({ 'docker-bake.hcl': text, ...others })));
const json = (value: unknown) => bakeBuilds(new Map([['docker-bake.json', JSON.stringify(value)]]));

describe('Bake files', () => {
  it('name further contexts, also of what a target inherits from', () => {
    const text = `
target "_base" { contexts = { assets = "../assets" } }
target "web" {
  inherits = ["_base"]
  contexts = { app = "target:app" }
}`;
    expect(hcl(text)[0]?.contexts).toEqual(new Set(['assets', 'app']));
  });

  it('in HCL give context, Dockerfile, target and arguments', () => {
    const text = `
# the whole
group "default" { targets = ["web"] }
variable "TAG" { default = "latest" }
target "web" {
  context    = "web" // beside it
  dockerfile = "web.Dockerfile"
  target     = "production"
  tags       = ["example/web:\${TAG}", "b"]
  args = {
    NODE_VERSION = 22
    "WITH_QUOTES" = "a \\"b\\""
    TAG = TAG
    BOTH = "v\${TAG}"
    LITERAL = "$\${x}"
  }
}`;
    expect(hcl(text)).toEqual([
      {
        owner: { kind: 'target', name: 'web' },
        context: 'web',
        dockerfile: 'web.Dockerfile',
        target: 'production',
        args: new Map([
          ['NODE_VERSION', '22'],
          ['WITH_QUOTES', 'a "b"'],
          ['TAG', null],
          ['BOTH', null],
          ['LITERAL', '${x}'],
        ]),
        contexts: new Set(),
      },
    ]);
  });

  it('in JSON say the same', () => {
    const target = { web: { context: '..', dockerfile: 'a/Dockerfile', args: { A: '1', B: '${X}' } } };
    expect(json({ target })).toEqual([
      {
        owner: { kind: 'target', name: 'web' },
        context: '..',
        dockerfile: 'a/Dockerfile',
        target: undefined,
        args: new Map([
          ['A', '1'],
          ['B', null],
        ]),
        contexts: new Set(),
      },
    ]);
  });

  it('let targets inherit; what is only inherited from is no build', () => {
    const text = `
target "base" {
  context = "app"
  args = { A = "1", B = "1" }
}
target "web" {
  inherits = ["base"]
  args = { B = "2" }
}`;
    expect(hcl(text)).toEqual([
      {
        owner: { kind: 'target', name: 'web' },
        context: 'app',
        dockerfile: 'Dockerfile',
        target: undefined,
        args: new Map([
          ['A', '1'],
          ['B', '2'],
        ]),
        contexts: new Set(),
      },
    ]);
    expect(hcl(`${text}\ngroup "all" { targets = ["base", "web"] }`)).toHaveLength(2);
  });

  it('of a matrix are all its targets, as long as they are few and their values are texts', () => {
    const matrix = (values: string) =>
      `target "app" {\n  name = "app-\${v}"\n  matrix = { v = ${values} }\n  target = v\n  args = { V = "\${v}.1", X = "\${X}" }\n}\n`;
    expect(hcl(matrix('["one", "two"]'))).toMatchObject([
      {
        owner: { name: 'app-one' },
        target: 'one',
        args: new Map([
          ['V', 'one.1'],
          ['X', null],
        ]),
      },
      { owner: { name: 'app-two' }, target: 'two' },
    ]);
    for (const values of ['[{ a = "one" }]', 'VALUES', `[${Array.from({ length: 20 }, (_, at) => `"v${at}"`).join()}]`])
      expect(hcl(matrix(values))).toMatchObject([{ owner: { name: 'app' }, target: null }]);
  });

  it('are laid over one another by name', () => {
    const over = JSON.stringify({ target: { web: { target: 'dev' } } });
    expect(hcl('target "web" { context = "w" }', { 'docker-bake.override.json': over })).toMatchObject([
      { context: 'w', target: 'dev' },
    ]);
  });

  it('have expressions that are not worked out', () => {
    const text = `
function "twice" {
  params = [x]
  result = "\${x}\${x}"
}
target "web" {
  name     = "web-\${replace(v, ".", "-")}"
  matrix   = { v = ["1.2", "1.3"] }
  context  = DEBUG ? "debug" : "web"
  platforms = [for p in ["amd64", "arm64"] : "linux/\${p}"]
  args = { for k, v in M : k => v }
}
target "api" {
  target = v
  args = {
    A = <<EOT
x = }
EOT
    B = upper("b")
    C = "c"
  }
}`;
    expect(hcl(text)).toEqual([
      {
        owner: { kind: 'target', name: 'api' },
        context: '.',
        dockerfile: 'Dockerfile',
        target: null,
        args: new Map([
          ['A', null],
          ['B', null],
          ['C', 'c'],
        ]),
        contexts: new Set(),
      },
    ]);
  });

  it.each([
    ['a Dockerfile in the file', 'target "a" {\n  dockerfile-inline = <<EOT\nFROM scratch\nEOT\n}'],
    ['a repository', 'target "a" { context = "https://github.com/a/b.git" }'],
    ['a base that is not there', 'target "a" { inherits = ["docker-metadata-action"] }'],
    ['a base that is worked out', 'target "a" { inherits = [BASE] }'],
    [
      'bases in a circle',
      'target "a" { inherits = ["b"] }\ntarget "b" { inherits = ["a"] }\ngroup "x" { targets = ["a"] }',
    ],
    ['an open block', 'target "a" { context = "."'],
    ['an open text', 'target "a" { context = ". }'],
    ['YAML', 'services:\n  a: 1\n'],
    ['nothing', ''],
  ])('say nothing by %s', (_, text) => expect(hcl(text)).toEqual([]));

  it('say nothing when another of them cannot be read', () => {
    expect(hcl('target "web" {}', { 'docker-bake.override.hcl': '{' })).toEqual([]);
  });

  it('end in time, however they are nested and inherit', () => {
    const doubled = Array.from(
      { length: 40 },
      (_, at) => `target "t${at}" { inherits = ["t${at + 1}", "t${at + 1}"] }`,
    );
    expect(hcl(`${doubled.join('\n')}\ntarget "t40" {}`)).toEqual([]);
    for (const open of ['[', '{a=', '(', '"${', 'a {', '${"'])
      expect(readHcl(`a = ${open.repeat(20_000)}`)).toBeUndefined();
  });

  it('are never the end of the reader', () => {
    const part = fc.constantFrom(
      'target',
      '"a"',
      '{',
      '}',
      '=',
      '[',
      ']',
      ',',
      '"',
      '${',
      '\n',
      '<<EOT\n',
      'EOT',
      '#',
      '/*',
      '*/',
      'for ',
      '(',
      ')',
      ' ',
      'x',
      '1',
      ':',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        readHcl(parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});
