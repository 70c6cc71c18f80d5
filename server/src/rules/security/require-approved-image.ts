import { matchesImage, matchesName } from '../../dockerfile/imagePattern';
import { imageText } from '../../dockerfile/imageReference';
import type { ImageReference } from '../../dockerfile/model';
import { copiedImages } from '../../engine/copiedImages';
import { defineRule } from '../../engine/rule';

/** The most patterns that a message names. */
const MOST = 3;

export default defineRule({
  meta: {
    id: 'require-approved-image',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: ['DF073'],
    fixable: 'manual',
    messages: {
      unapproved: '`{image}` is not an approved image',
      other: 'Use an approved tag or digest: {patterns}',
      any: 'Use one of the images in `approvedImages` of the configuration',
    },
    docs: {
      description: 'Use only approved images',
      rationale:
        'Teams that review and patch base images want every build to start from them. List the images in the configuration (`approvedImages`), such as `node:22-*` or `ghcr.io/acme/*@sha256:*`. Without that list, this rule reports nothing. It checks `FROM`, `COPY --from` and `RUN --mount=from`; build stages and names with unknown variables are left out. To restrict only where images come from, use no-untrusted-registry.',
      fixSafety: { manual: 'which image replaces it is your decision.' },
      bad: ['FROM node:18\n'],
      good: ['FROM node:22-slim\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image'],
    },
  },
  create: ({ dockerfile, knowledge, settings: { approvedImages, contexts }, report }) => {
    if (approvedImages.length === 0) return {};
    const check = (image: ImageReference): void => {
      if (approvedImages.some((pattern) => matchesImage(image, pattern))) return;
      const named = approvedImages.filter((pattern) => matchesName(image, pattern)).slice(0, MOST);
      const patterns = named.map(({ written }) => `\`${written}\``).join(', ');
      report(image.span, 'unapproved', {
        data: { image: imageText(image) },
        fix: { title: named.length > 0 ? 'other' : 'any', data: { patterns }, safety: 'manual' },
      });
    };
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        for (const image of imagesOf(node)) check(image);
      },
      stage({ base }) {
        if (base.kind === 'image') check(base.image);
      },
    };
  },
});
