import { hasNoVersions, repositoryName } from '../../dockerfile/imageName';
import type { ImageReference, Instruction, StageBase } from '../../dockerfile/model';
import { copiedImages } from '../../engine/copiedImages';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';
import { exampleTag } from '../shared/exampleTag';

export default defineRule({
  meta: {
    id: 'require-image-tag',
    group: 'reproducibility',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DS-0001',
      'DS001',
      'AVD-DS-0001',
      'CKV_DOCKER_7',
      'DL3006',
      'kics:image_version_not_explicit',
      'semgrep:missing-image-version',
      'sonar:S6596',
    ],
    fixable: 'manual',
    messages: {
      untagged: '{image} without a tag means {image}:latest',
      explain: 'Use the version that you run today, such as {image}:{version}',
      digest: 'Pin it to a digest, {image}@sha256:…: no public tag names a version',
    },
    docs: {
      description: 'Give every base image a tag',
      rationale:
        'Without a tag, Docker uses `latest`, the most recently pushed version. Two builds of the same file produce different images, and a new major version arrives without notice.',
      fixSafety: { manual: 'the Dockerfile does not say which version you run today.' },
      bad: ['FROM debian\n'],
      good: ['FROM debian:12\n', 'FROM scratch\n', 'FROM debian:12 AS base\nFROM base\n', 'FROM $IMAGE\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
  },
  create: ({ dockerfile, knowledge, settings: { contexts, dialect }, report }) => {
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        // hadolint only checks names in FROM.
        if (dialect === 'hadolint') return;
        for (const image of imagesOf(node)) {
          if (image.tag !== undefined || image.digest !== undefined) continue;
          report(image.span, 'untagged', {
            data: { image: nameOf(dockerfile.text, image), version: exampleTag(image, knowledge) },
            fix: { title: hasNoVersions(image) ? 'digest' : 'explain', safety: 'manual' },
          });
        }
      },
      stage({ base, from }) {
        const [word] = from.args;
        const image =
          base.kind === 'image' && base.image.tag === undefined && base.image.digest === undefined
            ? nameOf(dockerfile.text, base.image)
            : (openName(base, word) ?? nameWithoutTag(base, from));
        if (!word || image === undefined) return;
        if (dialect === 'hadolint' && word.text.includes('$')) return;
        const isUnversioned = base.kind === 'image' && hasNoVersions(base.image);
        report(word.span, 'untagged', {
          // The default of an ARG, which a pipeline may replace.
          ...(/\$\{?\w+\}?$/.test(word.text) ? { severity: 'info' as const } : {}),
          data: { image, version: base.kind === 'image' ? exampleTag(base.image, knowledge) : '<version>' },
          fix: { title: isUnversioned ? 'digest' : 'explain', safety: 'manual' },
        });
      },
    };
  },
});

/** As written in the file, including the registry. */
function nameOf(text: string, image: ImageReference): string {
  return image.isLiteral ? text.slice(image.span.start, image.span.end) : repositoryName(image);
}

/** `alpine$TAG` with `ARG TAG`: without a build argument, it is the name alone. */
function nameWithoutTag({ kind }: StageBase, from: Instruction): string | undefined {
  const [, name, variable = ''] = /^([a-z][a-z\d./_-]*[a-z\d])\$\{?(\w+)\}?$/.exec(from.args[0]?.text ?? '') ?? [];
  const found = kind === 'unresolved' ? from.resolve(variable) : undefined;
  return found?.kind === 'arg' && found.value === undefined ? name : undefined;
}

/**
 * `$REGISTRY/ubuntu`: it has no tag, whatever the registry is. `myBase`: nor has this one, and its capitals must go,
 * which `no-invalid-image-reference` says.
 */
function openName({ kind }: StageBase, word: Word | undefined): string | undefined {
  const isOpen = /^\$[^:@]*\/[a-z\d._-]+$|^(?=.{0,255}[A-Z])(?:[\w.-]+(?::\d+)?\/){0,9}[\w.-]+$/.test(word?.text ?? '');
  return kind === 'unresolved' && isOpen ? word?.text : undefined;
}
