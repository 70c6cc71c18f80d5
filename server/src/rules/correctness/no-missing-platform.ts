import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-missing-platform',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: ['InvalidBaseImagePlatform'],
    fixable: 'manual',
    messages: {
      missing: '{image} has no image for {platform}',
      choose: 'Build for {platforms}, or use an image for {platform}',
    },
    docs: {
      description: 'Use base images that exist for the platform',
      rationale:
        'Docker stops where a base image does not exist for the platform, or builds with one that only runs in an emulator. Reported in editors where `dockerfileOptimizer.registry.enable` is on, from what the registry answers. Without `--platform`, the platform is that of `dockerfileOptimizer.registry.platform`.',
      fixSafety: { manual: 'you decide which platforms the image is for.' },
      bad: [],
      good: ['FROM --platform=linux/arm64 debian:12\nUSER 1000\n'],
      references: ['https://docs.docker.com/reference/build-checks/invalid-base-image-platform/'],
    },
  },
  create: ({ imagePlatforms, settings, report }) => ({
    stage(stage) {
      const { base, from } = stage;
      const [word] = from.args;
      if (!imagePlatforms || base.kind !== 'image' || !base.image.isLiteral || !word) return;
      const platform = platformOf(stage, settings.platform ?? imagePlatforms.expected);
      const platforms = imagePlatforms.of(base.image);
      if (platform === undefined || !platforms || platforms.length === 0) return;
      if (platforms.some((one) => isSame(one, platform))) return;
      const data = { image: word.value, platform, platforms: platforms.join(', ') };
      report(word.span, 'missing', { data, fix: { title: 'choose', data, safety: 'manual' } });
    },
  }),
});

/** `linux/arm64` for `--platform=arm64`; undefined when only the build knows it. */
function platformOf({ from }: Stage, expected: string): string | undefined {
  const flag = from.flags.find(({ name }) => name === 'platform');
  if (!flag) return expected;
  const value = from.expand(flag.value ?? '')?.toLowerCase();
  if (value === undefined || !/^[a-z\d]+(?:\/[a-z\d]+){0,2}$/.test(value)) return undefined;
  return value.includes('/') ? value : `linux/${value}`;
}

/** `linux/arm64/v8` is `linux/arm64` too. */
function isSame(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
