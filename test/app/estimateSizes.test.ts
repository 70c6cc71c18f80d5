import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimateSizes } from '../../server/src/app/estimateSizes';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { buildContextOf } from '../helpers/buildContext';
import { testKnowledge } from '../helpers/testKnowledge';

const root = join(import.meta.dirname, '../..');
const finalBytes = (text: string, files: Record<string, string> = {}) =>
  estimateSizes(parseDockerfile(text), testKnowledge, buildContextOf(files, true)).at(-1)?.bytes;
const addedBy = (text: string, files: Record<string, string> = {}) =>
  (finalBytes(`FROM debian:12-slim\n${text}`, files) ?? 0) - (finalBytes('FROM debian:12-slim\n') ?? 0);

describe('estimated sizes', () => {
  it('are close to those of the real builds', () => {
    const table = readFileSync(join(root, 'docs/benchmarks.md'), 'utf8');
    const errors: number[] = [];
    for (const [, app = '', megabytes] of table.matchAll(/^\| \[([\w-]+)\]\([^)]*\) \| ([\d.]+) \|/gm)) {
      const bytes = finalBytes(readFileSync(join(root, 'test/builds/apps', app, 'Dockerfile'), 'utf8'));
      if (bytes !== undefined) errors.push(Math.abs(bytes / (Number(megabytes) * 1e6) - 1));
    }
    expect(errors.length).toBeGreaterThan(8);
    expect(errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)]).toBeLessThanOrEqual(0.25);
  });

  it('count a package once, with what it needs and what it recommends', () => {
    const plain = addedBy('RUN apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\n');
    expect(plain).toBeGreaterThan(50e6);
    expect(addedBy('RUN apt-get install -y git\n')).toBeGreaterThan(plain);
    const once = 'RUN apt-get install -y --no-install-recommends git\n';
    expect(addedBy(once + once)).toBe(plain);
  });

  it('are unknown where another package manager installs', () => {
    expect(finalBytes('FROM debian:12-slim\nRUN apt-get install -y git\n')).toBeGreaterThan(0);
    expect(finalBytes('FROM debian:12-slim\nRUN apk add build-base\n')).toBeUndefined();
  });

  it('count the lists of apt where they stay', () => {
    const kept = addedBy('RUN apt-get update\n');
    expect(kept).toBeGreaterThan(10e6);
    expect(addedBy('RUN apt-get update && rm -rf /var/lib/apt/lists/*\n')).toBe(0);
  });

  it('count what a full image has already not again', () => {
    const full = 'FROM python:3.11\n';
    expect(finalBytes(`${full}RUN apt-get install -y --no-install-recommends git\n`)).toBe(finalBytes(full));
  });

  it('count copied files, and not those that .dockerignore names', () => {
    expect(addedBy('COPY . /app\n', { a: 'x'.repeat(500), b: 'y'.repeat(500) })).toBe(1000);
    expect(addedBy('COPY . /app\n', { a: 'x'.repeat(500), b: 'y', '.dockerignore': 'b\n.dockerignore\n' })).toBe(500);
  });

  it('go on from stage to stage, and are silent about images that are not known', () => {
    const based =
      'FROM debian:12-slim AS base\nRUN apt-get install -y --no-install-recommends git\nFROM base\nUSER 1\n';
    expect(finalBytes(based)).toBe(finalBytes(based.slice(0, based.indexOf('FROM base'))));
    expect(finalBytes('FROM team/app:1\nRUN apt-get install -y git\n')).toBeUndefined();
    expect(finalBytes('FROM scratch\n')).toBe(0);
  });
});
