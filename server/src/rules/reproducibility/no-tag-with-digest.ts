import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-tag-with-digest',
    group: 'reproducibility',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['sonar:S8431'],
    fixable: 'manual',
    messages: {
      both: 'Docker uses the digest and ignores the tag `{tag}`',
      choose: 'Keep one of them; tools that update digests need the tag',
    },
    docs: {
      description: 'Use a tag or a digest, not both',
      rationale:
        'If there is a digest, Docker ignores the tag, which may name a different version than the one in use. Off by default, because Renovate and Docker Scout read the tag to update the digest.',
      fixSafety: { manual: 'the Dockerfile does not say whether a tool needs the tag.' },
      bad: ['FROM debian:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'],
      good: ['FROM debian:12\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
  },
  create: ({ report }) => ({
    stage({ from, base }) {
      const [word] = from.args;
      // Also if they are variables: a colon after the last slash, and an `@`.
      const tag = base.kind === 'image' && base.image.digest !== undefined ? base.image.tag : undefined;
      // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
      const written = /:([^/@]+)@[^/]+$/.exec(word?.text ?? '')?.[1];
      if (!word || (tag ?? written) === undefined) return;
      report(word.span, 'both', { data: { tag: tag ?? written ?? '' }, fix: { title: 'choose', safety: 'manual' } });
    },
  }),
});
