import { describe, expect, it } from 'vitest';
import { baseImages } from '../../server/src/dockerfile/baseImages';
import { parseDockerfile } from '../../server/src/dockerfile/parse';

function images(text: string, targetStage?: string) {
  const found = baseImages(parseDockerfile(text, { targetStage }));
  return found.images.map((image) => [image.text, ...image.stages.map(({ index }) => index)].join(' '));
}

describe('the images that a target is built on', () => {
  it('are those of its stages, the one at its bottom first, each once', () => {
    const text = `FROM golang:1.22 AS build
FROM golang:1.22 AS other
FROM debian:12 AS base
FROM base
COPY --from=build /a /a
COPY --from=other /b /b
`;
    expect(images(text)).toEqual(['debian:12 2', 'golang:1.22 0 1']);
  });

  it('are not those of stages that it does not need', () => {
    const text = 'FROM node:22 AS test\nFROM node:20 AS dev\nFROM alpine:3.20\nRUN --mount=from=dev,target=/d true\n';
    expect(images(text)).toEqual(['alpine:3.20 2', 'node:20 1']);
    expect(images(text, 'dev')).toEqual(['node:20 1']);
  });

  it('have their variables put in; what has none is said', () => {
    const text =
      'ARG V=3.12\nARG W\nFROM python:$V-slim AS a\nFROM ghcr.io/x/$W AS b\nFROM scratch\nCOPY --from=a / /\nCOPY --from=b / /\n';
    expect(images(text)).toEqual(['python:3.12-slim 0']);
    const { unresolved, hasScratch } = baseImages(parseDockerfile(text));
    expect(unresolved.map(({ index }) => index)).toEqual([1]);
    expect(hasScratch).toBe(true);
  });

  it.each([
    ['FROM --platform=linux/arm64 a\n', 'linux/arm64'],
    ['FROM --platform=linux/arm/v7 a\n', 'linux/arm/v7'],
    ['FROM --platform=linux/arm64 a AS b\nFROM --platform=linux/arm64 a\nCOPY --from=b / /\n', 'linux/arm64'],
    ['FROM --platform=linux/arm64 a AS b\nFROM a\nCOPY --from=b / /\n', undefined],
    ['FROM --platform=$BUILDPLATFORM a\n', undefined],
    ['FROM --platform=--help a\n', undefined],
    ['FROM a\n', undefined],
  ])('have the platform that all their stages name: %j', (text, platform) => {
    expect(baseImages(parseDockerfile(text)).images.map((image) => image.platform)).toEqual([platform]);
  });

  it('are not the contexts of a build', () => {
    const { images: found, unresolved } = baseImages(parseDockerfile('FROM app\n', { contexts: new Set(['app']) }));
    expect([found, unresolved]).toEqual([[], []]);
  });

  it('keep registry and digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(images(`FROM reg.example:5000/team/app:1@${digest}\n`)).toEqual([`reg.example:5000/team/app:1@${digest} 0`]);
  });

  it('are none in an empty file', () => {
    expect(baseImages(parseDockerfile(''))).toEqual({ images: [], unresolved: [], hasScratch: false });
  });
});
