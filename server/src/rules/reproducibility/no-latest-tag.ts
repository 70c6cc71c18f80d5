import { hasNoVersions, repositoryName } from '../../dockerfile/imageName';
import type { ImageReference } from '../../dockerfile/model';
import { copiedImages } from '../../engine/copiedImages';
import { defineRule } from '../../engine/rule';
import { exampleTag } from '../shared/exampleTag';

export default defineRule({
  meta: {
    id: 'no-latest-tag',
    group: 'reproducibility',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL3007',
      'DS-0001',
      'DS001',
      'AVD-DS-0001',
      'CKV_DOCKER_7',
      'sonar:S6596',
      'DKL-DI-0006',
      'DF001',
      'kics:image_version_using_latest',
      'semgrep:avoid-latest-version',
    ],
    fixable: 'manual',
    messages: {
      latest: '{image}:latest changes without notice',
      explain: 'Use the version that you run today, such as {image}:{version}',
      digest: 'Pin it to a digest, {image}:latest@sha256:…: no public tag names a version',
    },
    docs: {
      description: 'Pin the base image to a version instead of `latest`',
      rationale:
        '`latest` is the most recently pushed version. Two builds of the same file produce different images, a new major version arrives without notice, and nobody can tell which version is running.',
      fixSafety: { manual: 'the Dockerfile does not say which version you run today.' },
      bad: ['FROM node:latest\n'],
      good: ['FROM node:20\n', 'FROM node:22-slim AS base\nFROM base\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
  },
  create: ({ dockerfile, knowledge, settings: { contexts, dialect }, report }) => {
    const check = (image: ImageReference): void => {
      if (image.tag !== 'latest' || image.digest !== undefined) return;
      report(image.tagSpan ?? image.span, 'latest', {
        data: { image: repositoryName(image), version: exampleTag(image, knowledge) },
        fix: { title: hasNoVersions(image) ? 'digest' : 'explain', safety: 'manual' },
      });
    };
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        // hadolint only checks names in FROM.
        if (dialect !== 'hadolint') for (const image of imagesOf(node)) check(image);
      },
      stage({ base }) {
        if (base.kind === 'image' && (dialect !== 'hadolint' || base.image.isLiteral)) check(base.image);
      },
    };
  },
});
