import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-hardened-base',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    messages: {
      hardened: '{suggestion} runs the same program without a shell and package manager',
    },
    docs: {
      description: 'Consider a base image without a shell',
      rationale:
        'An image with only the runtime gives an attacker no tools and gives scanners little to report. You cannot install packages in it or open a shell in its containers.',
      bad: ['FROM node:22-slim\nCOPY . /app\nCMD ["node", "/app/index.js"]\n'],
      good: ['FROM gcr.io/distroless/nodejs22-debian12\nCOPY . /app\nCMD ["/app/index.js"]\n'],
      references: ['https://github.com/GoogleContainerTools/distroless'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      if (!stage.isFinal || stage.base.kind !== 'image') return;
      const { repository, tag = '', span, registry } = stage.base.image;
      const suggestion =
        registry === undefined || registry === 'docker.io' ? suggestionFor(repository, tag) : undefined;
      // Commands that still run in the stage need a shell.
      const needsShell = stage.instructions.some(
        ({ keyword, form }) =>
          keyword === 'RUN' || ((keyword === 'CMD' || keyword === 'ENTRYPOINT') && form === 'shell'),
      );
      const isStarted = stage.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
      if (suggestion !== undefined && !needsShell && isStarted) report(span, 'hardened', { data: { suggestion } });
    },
  }),
});

/** Images of the distroless project for Debian 12. */
function suggestionFor(repository: string, tag: string): string | undefined {
  const major = /^\d+/.exec(tag)?.[0] ?? '';
  if (/alpine/.test(tag)) return undefined;
  switch (repository) {
    case 'node':
      return /^(?:20|22|24)$/.test(major) ? `gcr.io/distroless/nodejs${major}-debian12` : undefined;
    case 'eclipse-temurin':
      return /^(?:17|21)$/.test(major) && /jre/.test(tag) ? `gcr.io/distroless/java${major}-debian12` : undefined;
    case 'debian':
      return 'gcr.io/distroless/base-debian12';
    default:
      return undefined;
  }
}
