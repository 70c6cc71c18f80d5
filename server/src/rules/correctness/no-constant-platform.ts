import { defineRule } from '../../engine/rule';
import { blanksAfter } from '../../text/blanks';

export default defineRule({
  meta: {
    id: 'no-constant-platform',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL3029',
      'FromPlatformFlagConstDisallowed',
      'DF061',
      'kics:using_platform_with_from',
      'semgrep:avoid-platform-with-from',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      constant: 'FROM is tied to the platform `{platform}`',
      remove: 'Remove the flag',
    },
    docs: {
      description: 'Do not tie FROM to one platform',
      rationale:
        'A constant `--platform` always builds for that platform: `docker build --platform` has no effect, and on other machines everything runs in emulation. A stage that only builds, and cross-compiles, may use `$BUILDPLATFORM`.',
      fixSafety: { unsafe: 'the base image or a download may exist only for that platform.' },
      bad: ['FROM --platform=linux/amd64 debian:12\nRUN make\n'],
      good: ['FROM debian:12\nRUN make\n', 'FROM --platform=$BUILDPLATFORM golang:1.22 AS build\n'],
      references: ['https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/'],
    },
  },
  create: ({ dockerfile, settings, report }) => ({
    stage({ from, name = '' }) {
      for (const flag of from.flags) {
        if (flag.name !== 'platform' || !flag.value) continue;
        // hadolint accepts only these two variables.
        if (settings.dialect === 'hadolint' ? OF_BUILD.test(flag.value) : flag.value.includes('$')) continue;
        // `FROM … AS build-amd64` is one of several stages that are selected by name.
        if (settings.dialect !== 'hadolint' && isNamedForIt(name, flag.value)) continue;
        const span = { start: flag.span.start, end: flag.span.end + blanksAfter(dockerfile.text, flag.span.end) };
        report(flag.span, 'constant', {
          data: { platform: flag.value },
          fix: { title: 'remove', safety: 'unsafe', edits: [{ span, newText: '' }] },
        });
      }
    },
  }),
});

const OF_BUILD = /BUILDPLATFORM|TARGETPLATFORM/;

function isNamedForIt(stageName: string, platform: string): boolean {
  return platform.split('/').some((part) => stageName.includes(part.toLowerCase()));
}
