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
      both: 'The digest decides: the tag `{tag}` is only a remark',
      choose: 'Keep one of them; tools that renew digests need the tag',
    },
    docs: {
      description: 'Name a tag or a digest, not both',
      rationale:
        'With a digest Docker does not look at the tag, which may say another version than is used. Off by default: Renovate and Docker Scout read the tag to renew the digest.',
      fixSafety: 'Explained only: whether a tool needs the tag, no file tells.',
      bad: ['FROM debian:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'],
      good: ['FROM debian:12\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
  },
  create: ({ report }) => ({
    stage({ from, base }) {
      const [word] = from.args;
      // Also where variables stand for them: a colon behind the last slash, and an `@`.
      const tag = base.kind === 'image' && base.image.digest !== undefined ? base.image.tag : undefined;
      const written = /:([^/@]+)@[^/]+$/.exec(word?.text ?? '')?.[1];
      if (!word || (tag ?? written) === undefined) return;
      report(word.span, 'both', { data: { tag: tag ?? written ?? '' }, fix: { title: 'choose', safety: 'manual' } });
    },
  }),
});
