import { hasWindowsBase } from '../../dockerfile/windowsBase';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-mount-on-windows',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:windows/no-run-mounts'],
    fixable: 'manual',
    messages: {
      mount: '`RUN --mount` does not work in Windows images',
      copy: 'Remove the mount, and copy the files with COPY',
    },
    advice: { mount: 'copy' },
    docs: {
      description: 'Do not use mounts in RUN of Windows images',
      rationale:
        'Docker builds Windows images with the legacy builder by default, which does not support `--mount`: the build stops at this line.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN --mount=type=cache,target=C:/cache dir\n'],
      good: [
        'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir\n',
        'FROM alpine:3.20\nRUN --mount=type=cache,target=/c date\n',
      ],
      references: ['https://docs.docker.com/build/buildkit/#getting-started'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!dockerfile.text.startsWith('--', node.keywordSpan.end + 1)) return;
      if (!node.stage || !hasWindowsBase(node.stage)) return;
      for (const flag of node.flags) if (flag.name === 'mount') report(flag.span, 'mount');
    },
  }),
});
