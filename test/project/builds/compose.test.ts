import { describe, expect, it } from 'vitest';
import { composeBuilds } from '../../../server/src/project/builds/compose';
import { isComposeFile } from '../../../server/src/project/fileNames';

const builds = (text: string, others: Readonly<Record<string, string>> = {}) =>
  composeBuilds(new Map(Object.entries({ 'compose.yaml': text, ...others })));
const owner = (name: string) => ({ kind: 'service', name });
const args = (text: string) => Object.fromEntries(builds(text)[0]?.args ?? []);

describe('Compose files', () => {
  it.each([
    'compose.yaml',
    'docker-compose.yml',
    'docker-compose.override.yml',
    'compose.dev.yaml',
    'docker-compose-ci.yml',
    'docker-compose_dev.yml',
    'deploy/compose.yaml',
  ])('%s is one', (name) => expect(isComposeFile(name)).toBe(true));
  it.each(['my-compose.yaml', 'compose.json', 'composer.yml', 'docker-composed.yml'])('%s is none', (name) =>
    expect(isComposeFile(name)).toBe(false),
  );

  it('give the context as a text, with the Dockerfile in it', () => {
    expect(builds('services:\n  web:\n    build: ./web\n')).toEqual([
      {
        owner: owner('web'),
        context: './web',
        dockerfile: 'Dockerfile',
        target: undefined,
        args: new Map(),
        contexts: new Set(),
      },
    ]);
  });

  it('give the mounts of a service, also from a drive of Windows', () => {
    const text = `services:\n  a:\n    build: .\n    volumes: ['C:\\certs:/https', 'd:/data:/data:ro', 'pg:/pg', './a:/a']\n`;
    expect(builds(text)[0]?.services?.[0]?.mounts).toEqual([
      { target: '/https', kind: 'bind' },
      { target: '/pg', kind: 'volume' },
      { target: '/a', kind: 'bind' },
    ]);
  });

  it('give context, Dockerfile, target and arguments', () => {
    const text = `services:
  web:
    build:
      context: ..
      dockerfile: docker/web.Dockerfile
      target: production
      args:
        NODE_VERSION: 22
        DEBUG: true
        NAME: "a b"
`;
    expect(builds(text)).toEqual([
      {
        owner: owner('web'),
        context: '..',
        dockerfile: 'docker/web.Dockerfile',
        target: 'production',
        args: new Map([
          ['NODE_VERSION', '22'],
          ['DEBUG', 'true'],
          ['NAME', 'a b'],
        ]),
        contexts: new Set(),
      },
    ]);
  });

  it.each([
    ['["CMD", "curl", "-f", "http://localhost"]', ['curl']],
    ['curl -f http://localhost || wget -q http://localhost', ['curl', 'wget']],
  ])('tell what a health check calls: %s', (check, programs) => {
    const text = `services:\n  a:\n    build: .\n    healthcheck:\n      test: ${check}\n`;
    expect(composeBuilds(new Map([['compose.yaml', text]]))).toMatchObject([{ services: [{ programs }] }]);
  });

  it('may list arguments', () => {
    expect(args('services: {a: {build: {args: ["A=1", "B=x=y", "C=", "FROM_ENV"]}}}')).toEqual({
      A: '1',
      B: 'x=y',
      C: '',
      FROM_ENV: null,
    });
  });

  it('leave unknown what the environment decides, and a doubled dollar is one', () => {
    expect(args('services: {a: {build: {args: {A: "${TAG:-1}", B: "x$$y", C: "$TAG", D: null}}}}')).toEqual({
      A: null,
      B: 'x$y',
      C: null,
      D: null,
    });
  });

  it('may share parts by anchors and merge keys', () => {
    const text =
      'x-build: &b {context: ., args: {A: 1}}\nservices:\n  a:\n    build:\n      <<: *b\n      target: one\n';
    expect(builds(text)).toEqual([
      {
        owner: owner('a'),
        context: '.',
        dockerfile: 'Dockerfile',
        target: 'one',
        args: new Map([['A', '1']]),
        contexts: new Set(),
      },
    ]);
  });

  it.each([
    ['an image', 'services: {a: {image: nginx}}'],
    ['a Dockerfile in the file', 'services: {a: {build: {dockerfile_inline: "FROM scratch"}}}'],
    ['a repository', 'services: {a: {build: "https://github.com/a/b.git"}}'],
    ['a repository over ssh', 'services: {a: {build: "git@github.com:a/b.git"}}'],
    ['a context of the environment', 'services: {a: {build: "${DIR}"}}'],
    ['a base in a circle', 'services: {a: {extends: b, build: {target: x}}, b: {extends: {service: a}}}'],
    ['a base elsewhere', 'services: {a: {extends: {file: b.yml, service: b}, build: {target: x}}}'],
    ['malformed YAML', 'services: [a: {'],
    ['another shape', '- services'],
    ['nothing', ''],
    ['an alias to nothing', 'services: {a: {build: *nothing}}'],
  ])('say nothing by %s', (_, text) => expect(builds(text)).toEqual([]));

  it.each([
    ['a map', '{assets: ../assets, "alpine:3.22": "docker-image://alpine:edge"}'],
    ['a list', '["assets=../assets", "alpine:3.22=docker-image://alpine:edge"]'],
  ])('name further contexts in %s', (_, contexts) => {
    const [build] = builds(`services: {a: {build: {context: ., additional_contexts: ${contexts}}}}`);
    expect(build?.contexts).toEqual(new Set(['assets', 'alpine:3.22']));
  });

  it('beside the main one are laid over it', () => {
    const main = 'services: {web: {build: {context: web, target: production, args: {A: 1}}}}';
    const over = 'services: {web: {build: {target: dev, args: {B: 2}}}, other: {image: x}}';
    expect(builds(main, { 'compose.override.yaml': over })[1]).toEqual({
      owner: { ...owner('web'), file: 'compose.override.yaml' },
      context: 'web',
      dockerfile: 'Dockerfile',
      target: 'dev',
      args: new Map([
        ['A', '1'],
        ['B', '2'],
      ]),
      contexts: new Set(),
    });
  });

  it.each([
    ['extends: base', ''],
    ['extends: {service: base}', ''],
    ['extends: {file: ./compose.common.yaml, service: base}', 'elsewhere'],
  ])('may extend a service: %s', (extended, place) => {
    const base = 'base: {platform: linux/arm64, build: {context: app, target: production, args: {A: 1}}}';
    const text = `services: {web: {${extended}, build: {args: {B: 2}}}${place ? '' : `, ${base}`}}`;
    const found = builds(text, place ? { 'compose.common.yaml': `services: {${base}}` } : {});
    expect(found.find((build) => build.owner.name === 'web')).toEqual({
      owner: owner('web'),
      context: 'app',
      dockerfile: 'Dockerfile',
      target: 'production',
      platforms: ['linux/arm64'],
      args: new Map([
        ['A', '1'],
        ['B', '2'],
      ]),
      contexts: new Set(),
    });
  });

  it('give the platforms: those of the build, else that of the service, and lists of several files are joined', () => {
    const platforms = (text: string, others = {}) => builds(text, others).map((build) => build.platforms);
    const both = 'services: {a: {platform: linux/amd64, build: {context: ., platforms: [linux/amd64, linux/arm64]}}}';
    expect(platforms(both)).toEqual([['linux/amd64', 'linux/arm64']]);
    expect(platforms('services: {a: {platform: "${P}", build: .}}')).toEqual([null]);
    const over = { 'compose.prod.yaml': 'services: {a: {build: {platforms: [linux/s390x]}}}' };
    expect(platforms('services: {a: {build: {platforms: [linux/amd64]}}}', over)[1]).toEqual([
      'linux/amd64',
      'linux/s390x',
    ]);
  });

  it('extend in long chains without end', () => {
    const chain = Array.from({ length: 5000 }, (_, at) => `  s${at}: {extends: s${at + 1}}`);
    expect(builds(`services:\n${chain.join('\n')}\n  s5000: {build: .}\n`)).toBeDefined();
  });

  it('in which aliases multiply are given up in time', () => {
    const levels = Array.from({ length: 40 }, (_, at) => `l${at + 1}: &l${at + 1} {<<: [*l${at}, *l${at}]}`);
    expect(builds(`l0: &l0 {x: 1}\n${levels.join('\n')}\nservices: {a: {build: .}}\n`)).toEqual([]);
  });
});
