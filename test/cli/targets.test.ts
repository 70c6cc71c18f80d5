import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const STAGES = `ARG IMAGE=debian:12-slim
FROM debian:12-slim AS files
RUN echo a > /a
FROM $IMAGE AS api
USER root
CMD ["a"]
FROM debian:12-slim AS worker
COPY --from=files /a /a
USER 1000
CMD ["b"]
`;

function messagesIn(files: Readonly<Record<string, string>>, ...args: readonly string[]): string[] {
  const { out, err } = runCli(['lint', '--format', 'json', ...args], {
    cwd: folderOf({ Dockerfile: STAGES, ...files }),
  });
  if (out === '') throw new Error(err);
  return JSON.parse(out).files.flatMap(({ findings }: { findings: { rule: string; message: string }[] }) =>
    findings.map(({ rule, message }) => `${rule}: ${message}`),
  );
}

const rootOf = (messages: readonly string[]) => messages.filter((message) => message.startsWith('no-root-user'));

describe('services and targets that build the same Dockerfile', () => {
  it('a finding that holds for some of them names these', () => {
    const compose = 'services: {a: {build: {context: ., target: api}}, b: {build: {context: ., target: worker}}}';
    expect(rootOf(messagesIn({ 'compose.yaml': compose }))).toEqual([expect.stringMatching(/ \(service a\)$/)]);
    const both =
      'services: {a: {build: {context: ., target: api}}, b: {build: {context: ., target: api, args: {A: 1}}}}';
    expect(rootOf(messagesIn({ 'compose.yaml': both }))).toEqual([expect.not.stringContaining('service')]);
  });

  it('arguments count, also of Bake', () => {
    const bake =
      'target "old" { args = { IMAGE = "openjdk:17" } }\ntarget "new" { args = { IMAGE = "debian:13-slim" } }\n';
    const found = messagesIn({ 'docker-bake.hcl': bake }).filter((message) =>
      message.startsWith('no-deprecated-image'),
    );
    expect(found).toEqual([expect.stringMatching(/ \(target old\)$/)]);
  });

  it('stages that others take files from, and those for development, are nobody’s image', () => {
    for (const target of ['files', 'dev']) {
      const compose = `services: {a: {build: {context: ., target: ${target}}}, b: {build: {context: ., target: worker}}}`;
      expect(rootOf(messagesIn({ 'compose.yaml': compose }))).toEqual([]);
    }
  });

  it('nor is that of a service for tests; a service of several files is named once', () => {
    const compose = (service: string) =>
      `services: {${service}: {build: {context: ., target: api}}, b: {build: {context: ., target: worker}}}`;
    expect(rootOf(messagesIn({ 'compose.yaml': compose('test') }))).toEqual([]);
    const files = { 'compose.yaml': compose('a'), 'compose.prod.yaml': compose('a') };
    expect(rootOf(messagesIn(files))).toEqual([expect.stringMatching(/ \(service a\)$/)]);
  });

  it('a service that another file changes is named with that file; one that is for work does not count', () => {
    const main = 'services: {a: {build: {context: ., target: worker}}}';
    const over = 'services: {a: {build: {target: api}}}';
    expect(rootOf(messagesIn({ 'compose.yaml': main, 'compose.prod.yaml': over }))).toEqual([
      expect.stringMatching(/ \(service compose\.prod\.yaml:a\)$/),
    ]);
    for (const file of ['compose.override.yaml', 'docker-compose.dev.yml', 'docker-compose.ci.yml'])
      expect(rootOf(messagesIn({ 'compose.yaml': main, [file]: over }))).toEqual([]);
  });

  it('a matrix without limit says only what all have in common', () => {
    const targets = Array.from({ length: 20 }, (_, at) => `target "t${at}" {\n  args = { IMAGE = "openjdk:${at}" }\n}`);
    expect(messagesIn({ 'docker-bake.hcl': targets.join('\n') }).filter((one) => one.includes('target'))).toEqual([]);
  });
});

describe('--target-of', () => {
  const compose =
    'services: {a: {build: {context: ., target: api}}, b: {build: {context: app, dockerfile: ../Dockerfile, target: worker}}}';

  it('builds as one of them', () => {
    const files = { 'compose.yaml': compose };
    expect(rootOf(messagesIn(files, '--target-of', 'compose.yaml:a', 'Dockerfile'))).toHaveLength(1);
    expect(rootOf(messagesIn(files, '--target-of', 'compose.yaml:b', 'Dockerfile'))).toEqual([]);
  });

  it('without a path, takes its Dockerfile, also of a file with another name', () => {
    const bake = 'target "app" { dockerfile = "other.Dockerfile" }';
    const files = {
      'deploy/bake.hcl': bake.replace('{', '{ context = ".."\n'),
      'other.Dockerfile': 'FROM openjdk:17\nUSER 1\n',
    };
    expect(messagesIn(files, '--target-of', 'deploy/bake.hcl:app').join()).toContain('no-deprecated-image');
  });

  it.each([
    ['compose.yaml', 'expected <file>:<name>'],
    ['none.yaml:a', 'none.yaml: cannot be read'],
    ['compose.yaml:c', 'compose.yaml has no service or target c'],
    ['compose.inline.yaml:a', 'the Dockerfile of a is inside compose.inline.yaml: name that file instead'],
  ])('%s is refused', (wanted, reason) => {
    const inline = 'services: {a: {build: {dockerfile_inline: "FROM debian:12"}}}';
    const cwd = folderOf({ Dockerfile: STAGES, 'compose.yaml': compose, 'compose.inline.yaml': inline });
    const { code, err } = runCli(['lint', '--target-of', wanted], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  });
});

describe('devcontainer.json', () => {
  const devcontainer = `// For editors
{
  "build": {
    /* beside it */ "dockerfile": "Dockerfile",
    "context": "..",
    "args": { "IMAGE": "openjdk:17", "OTHER": "\${localEnv:OTHER}" },
  },
}
`;
  const text = 'ARG IMAGE\nFROM $IMAGE\nCOPY main.py gone.py /app/\nUSER 1\n';

  it('gives the context and the arguments of the Dockerfile beside it', () => {
    const files = { '.devcontainer/devcontainer.json': devcontainer, '.devcontainer/Dockerfile': text, 'main.py': '' };
    const found = messagesIn(files, '.devcontainer/Dockerfile').join('\n');
    expect(found).toContain('no-deprecated-image');
    expect(found).toContain('gone.py');
    expect(found).not.toContain('main.py');
  });

  it('gives no target and no arguments to the Dockerfile of the project', () => {
    const files = {
      '.devcontainer/devcontainer.json': devcontainer.replace('"Dockerfile"', '"../Dockerfile", "target": "api"'),
    };
    const found = messagesIn(files, 'Dockerfile').join('\n');
    expect(found).not.toMatch(/no-root-user|no-deprecated-image/);
  });
});
