import { expect, it } from 'vitest';
import { isDockerfile } from '../../server/src/project/fileNames';

it.each(['Dockerfile', 'dockerfile', 'api/dockerfile', 'api.dockerfile', 'Containerfile', 'Dockerfile.dev'])(
  '%s is a Dockerfile',
  (path) => expect(isDockerfile(path)).toBe(true),
);
it.each(['mydockerfile', 'dockerfile.md', 'Dockerfile.dockerignore', 'dockerfiles/a'])('%s is none', (path) =>
  expect(isDockerfile(path)).toBe(false),
);
