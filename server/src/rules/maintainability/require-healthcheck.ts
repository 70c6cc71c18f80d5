import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-healthcheck',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [
      'DL3057',
      'DS-0026',
      'DS026',
      'AVD-DS-0026',
      'CKV_DOCKER_2',
      'DF012',
      'CIS-DI-0006',
      'kics:healthcheck_instruction_missing',
    ],
    messages: {
      missing: 'No HEALTHCHECK tells whether the program still answers',
    },
    docs: {
      description: 'Give the final image a HEALTHCHECK',
      rationale:
        'Docker restarts what has ended, not what hangs: a health check makes the difference visible. Off by default: Kubernetes ignores it and has probes of its own, and what to ask only the program knows.',
      bad: ['FROM debian:12\nCMD ["app"]\n'],
      good: ['FROM debian:12\nHEALTHCHECK CMD ["app", "--ping"]\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
    },
  },
  create: ({ dockerfile, report }) => ({
    file() {
      for (const stage of dockerfile.stages) {
        if (!stage.isFinal) continue;
        const has = lineage(stage).some(({ instructions }) =>
          instructions.some((node) => node.keyword === 'HEALTHCHECK'),
        );
        if (!has) report(stage.from.keywordSpan, 'missing');
      }
    },
  }),
});
