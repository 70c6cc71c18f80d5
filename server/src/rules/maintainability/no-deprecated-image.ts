import { imageName } from '../../dockerfile/imageName';
import { defineRule } from '../../engine/rule';
import { bitnamiLegacy } from '../../knowledge/bitnami';
import { phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'no-deprecated-image',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    // An image of another vendor has other tools and paths.
    unsafeIn: 'never',
    tags: ['deprecated'],
    messages: {
      deprecated: '{image} is deprecated: {reason}',
      use: 'Use {successor}',
      move: 'Switch to {successor}',
      other: 'Use an image that is still maintained',
    },
    advice: { deprecated: 'other' },
    docs: {
      description: 'Replace images that are no longer maintained',
      rationale:
        'A deprecated image receives no more updates: known vulnerabilities stay unfixed, and its tags may disappear. The successor is the one that its page names, or a distribution that is built the same way.',
      fixSafety: {
        unsafe:
          'the successor has the same language version, but another distribution or vendor, so packages and paths may differ.',
      },
      bad: ['FROM openjdk:17\n'],
      good: ['FROM eclipse-temurin:17\n', 'FROM team/openjdk:17\n'],
      references: ['https://hub.docker.com/_/openjdk'],
    },
  },
  create: ({ report, knowledge }) => ({
    stage({ base }) {
      if (base.kind !== 'image') return;
      const { image } = base;
      const deprecated = knowledge.image(image)?.deprecated;
      const moved = bitnamiLegacy(image);
      if (!deprecated && !moved) return;
      const successor = deprecated ? deprecated.successor : moved?.successor;
      const reason = deprecated ? phrase(deprecated.reason) : (moved?.reason ?? '');
      const data = { image: imageName(image), reason, successor: successor ?? '' };
      if (successor === undefined) {
        report(image.span, 'deprecated', { data });
      } else if (image.isLiteral && successor.includes(':')) {
        const edits = [{ span: image.span, newText: successor }];
        report(image.span, 'deprecated', { data, fix: { title: 'use', safety: 'unsafe', edits } });
      } else {
        report(image.span, 'deprecated', { data, fix: { title: 'move', safety: 'manual' } });
      }
    },
  }),
});
