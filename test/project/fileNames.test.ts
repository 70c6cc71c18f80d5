import { expect, it } from 'vitest';
import { isDockerfile, isForDevelopment } from '../../server/src/project/fileNames';

it.each([
  'Dockerfile',
  'dockerfile',
  'api/dockerfile',
  'api.dockerfile',
  'Containerfile',
  'Dockerfile.dev',
  'Dockerfile-api',
  'Dockerfile_3.12-slim',
])('%s is a Dockerfile', (path) => expect(isDockerfile(path)).toBe(true));
it.each([
  'mydockerfile',
  'dockerfile.md',
  'Dockerfile.dockerignore',
  'dockerfiles/a',
  'Dockerfile-parser.js',
  'Dockerfile.twig',
])('%s is none', (path) => expect(isDockerfile(path)).toBe(false));

it.each(['Dockerfile.dev', 'a/dev.Dockerfile', 'Dockerfile-development', 'docker/dev/Dockerfile', 'Dockerfile.local'])(
  '%s is for development',
  (path) => expect(isForDevelopment(path)).toBe(true),
);
it.each(['Dockerfile', 'dev/api/Dockerfile', 'devops/Dockerfile', 'Dockerfile.devices', 'localhost/Dockerfile'])(
  '%s is not',
  (path) => expect(isForDevelopment(path)).toBe(false),
);
