import { describe, expect, it } from 'vitest';
import { buildKitUse } from '../../server/src/app/buildKit';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { buildContextOf } from '../helpers/buildContext';

const PLAIN = 'FROM golang:1.24\nCOPY . .\nRUN go build\n';

function told(
  files: Readonly<Record<string, string>>,
  { text = PLAIN, isInstalled = false, isNamed = false } = {},
): [boolean, string] {
  const { isUsed, because } = buildKitUse(parseDockerfile(text), buildContextOf(files), { isInstalled, isNamed });
  return [isUsed, because.english.replace('{file}', String(because.data?.['file']))];
}

describe('buildKitUse', () => {
  it.each([
    ['a syntax line', `# syntax=docker/dockerfile:1\n${PLAIN}`],
    ['a syntax line behind another directive', `# escape=\\\n# syntax = docker.io/docker/dockerfile:1.7\n${PLAIN}`],
    ['a heredoc', `${PLAIN}RUN <<EOF\nls\nEOF\n`],
    ['COPY --link', `${PLAIN}COPY --link a b\n`],
    ['a platform of the builder', PLAIN.replace('FROM', 'FROM --platform=$BUILDPLATFORM')],
    ['a secret mount', `${PLAIN}RUN --mount=type=secret,id=a ls\n`],
  ])('sees it in the file itself: %s', (_, text) => {
    expect(told({}, { text })).toEqual([true, 'This file already uses BuildKit syntax.']);
  });

  it.each([
    ['compose.yaml', 'services:\n  web:\n    build: .\n'],
    ['docker-bake.hcl', 'target "web" {}\n'],
    ['.github/workflows/image.yml', 'steps:\n  - uses: docker/build-push-action@v6\n'],
    ['.github/workflows/image.yml', '  - run: docker buildx build .\n'],
    ['.gitlab-ci.yml', 'variables:\n  DOCKER_BUILDKIT: "1"\n'],
    ['Makefile', 'image:\n\tDOCKER_BUILDKIT=1 docker build .\n'],
    ['build.sh', 'docker compose build\n'],
  ])('sees it in %s', (path, text) => {
    expect(told({ [path]: text })).toEqual([true, `\`${path}\` builds the image with BuildKit.`]);
  });

  it.each([
    ['compose.yaml', 'services:\n  db:\n    image: postgres\n'],
    ['.github/workflows/image.yml', 'steps:\n  - uses: docker/build-push-action@v1\n'],
    ['.github/workflows/image.yml', '#  - run: docker buildx build .\n  - run: docker build .\n'],
    ['Makefile', 'image:\n\tdocker build .\n'],
    ['README.md', 'docker buildx build .\n'],
  ])('does not see it in %s', (path, text) => {
    expect(told({ [path]: text })[0]).toBe(false);
  });

  it.each([
    ['.gitlab-ci.yml', 'image:\n  name: gcr.io/kaniko-project/executor:debug\n'],
    ['skaffold.yaml', 'build:\n  cluster: {}\n  artifacts:\n    - kaniko: {}\n'],
    ['Makefile', 'image:\n\tDOCKER_BUILDKIT=0 docker build .\n'],
    ['.github/workflows/image.yml', 'env:\n  DOCKER_BUILDKIT: 0\n'],
    ['build.sh', 'podman build .\n'],
    ['Containerfile', 'FROM a\n'],
  ])('is stopped by %s, whatever else tells of it', (path, text) => {
    const files = { [path]: text, 'compose.yaml': 'services:\n  web:\n    build: .\n' };
    expect(told(files, { text: `# syntax=docker/dockerfile:1\n${PLAIN}`, isInstalled: true })[0]).toBe(false);
  });

  it('believes that Podman knows the mounts of a file that has them', () => {
    const text = `${PLAIN}RUN --mount=type=cache,target=/c ls\n`;
    expect(told({ 'build.sh': 'podman build .\n' }, { text })[0]).toBe(true);
  });

  it('sees it on the machine and in build files around the context', () => {
    expect(told({})[0]).toBe(false);
    expect(told({}, { isInstalled: true })[0]).toBe(true);
    expect(told({}, { isNamed: true })[0]).toBe(true);
  });
});
