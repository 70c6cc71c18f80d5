import { copiedImages } from '../../engine/copiedImages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-digest',
    group: 'reproducibility',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['sonar:S7023', 'semgrep:dockerfile-source-not-pinned'],
    fixable: 'manual',
    messages: {
      missing: '`{image}` is not pinned to a digest',
      pin: 'Pin it: `{image}@sha256:…`, from `docker buildx imagetools inspect {image}`',
    },
    docs: {
      description: 'Pin base images to a digest',
      rationale:
        'A tag can move to a newer image; a digest always names the same image. Off by default, because without a tool that updates it, a digest never receives security fixes.',
      fixSafety: { manual: 'only the registry knows the digest.' },
      bad: ['FROM debian:12\n'],
      good: ['FROM debian:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
  },
  create: ({ dockerfile, knowledge, settings: { contexts }, report }) => {
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        for (const { span, digest } of imagesOf(node)) {
          const image = dockerfile.text.slice(span.start, span.end);
          if (digest === undefined)
            report(span, 'missing', { data: { image }, fix: { title: 'pin', safety: 'manual' } });
        }
      },
      stage({ from, base }) {
        const [word] = from.args;
        // `image@sha256` without a digest is neither a valid reference nor pinned.
        const isBroken = base.kind === 'unresolved' && word?.isStatic === true && word.value.includes('@');
        const isOpen = isBroken || (base.kind === 'image' && !/^sha256:[0-9a-f]{64}$/.test(base.image.digest ?? ''));
        if (!isOpen || !word) return;
        const image = dockerfile.text.slice(word.span.start, word.span.end).replace(/@.*/, '');
        report(word.span, 'missing', { data: { image }, fix: { title: 'pin', safety: 'manual' } });
      },
    };
  },
});
