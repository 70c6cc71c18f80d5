import { inheritedInstructions } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-expose',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DF022'],
    messages: {
      missing: 'No EXPOSE documents the port that the program listens on',
    },
    docs: {
      description: 'Document the port that the program listens on',
      rationale:
        'EXPOSE does not publish a port: it tells readers, and `docker run -P`, which port the program uses. Off by default, because many programs do not listen on a port.',
      bad: ['FROM debian:12\nCMD ["app"]\n'],
      good: ['FROM debian:12\nEXPOSE 8080\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const instructions = inheritedInstructions(stage);
      const start = instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
      if (start && !instructions.some(({ keyword }) => keyword === 'EXPOSE')) report(start.keywordSpan, 'missing');
    },
  }),
});
