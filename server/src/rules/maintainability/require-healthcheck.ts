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
      'tally:ruby/healthcheck-rails-up-endpoint',
    ],
    messages: {
      missing: 'No HEALTHCHECK shows whether the program still responds',
    },
    docs: {
      description: 'Add a HEALTHCHECK to the final image',
      rationale:
        'Docker restarts a container that has stopped, not one that hangs: a health check makes the difference visible. Off by default, because Kubernetes ignores it and has its own probes, and because the right check depends on the program: Rails, for example, answers at `/up` (7.1 and later).',
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
