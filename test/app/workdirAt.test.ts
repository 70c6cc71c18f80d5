import { describe, expect, it } from 'vitest';
import { workdirAt } from '../../server/src/app/copiedFiles';
import { parseDockerfile } from '../../server/src/dockerfile/parse';

function lastWorkdir(text: string): string | undefined {
  const last = parseDockerfile(text).instructions.at(-1);
  return last && workdirAt(last);
}

describe('workdirAt', () => {
  it.each([
    ['FROM gradle:8\nCOPY . .\n', '/home/gradle'],
    ['FROM php:8.3-apache\nCOPY . .\n', '/var/www/html'],
    ['FROM php:8.3-cli\nCOPY . .\n', '/'],
    ['FROM node:20\nCOPY package.json .\nWORKDIR /app\n', '/'],
    ['FROM node:20\nWORKDIR /app\nWORKDIR api\nCOPY . .\n', '/app/api'],
    ['FROM golang:1.22\nWORKDIR src/app\nCOPY . .\n', '/go/src/app'],
  ])('begins with what the base sets: %s', (text, workdir) => {
    expect(lastWorkdir(text)).toBe(workdir);
  });

  it('goes on with that of the stage that this one is built on', () => {
    const base = 'FROM node:20 AS base\nWORKDIR /app\n';
    expect(lastWorkdir(`${base}FROM base\nCOPY . .\n`)).toBe('/app');
    expect(lastWorkdir(`${base}FROM base AS dev\nWORKDIR web\nFROM dev\nCOPY . .\n`)).toBe('/app/web');
    expect(lastWorkdir(`${base}FROM node:20\nCOPY --from=base /app .\n`)).toBe('/');
  });
});
