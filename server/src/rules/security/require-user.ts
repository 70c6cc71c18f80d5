import { effectiveUser } from '../../app/effectiveUser';
import { isRunByNobody } from '../../app/imageUse';
import { baseDropsPrivileges, dropsPrivileges } from '../../app/rootNeeds';
import { startsInteractiveShell } from '../../commands/interactiveShell';
import { finalStage, lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'require-user',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [
      'DS-0002',
      'DS002',
      'AVD-DS-0002',
      'CKV_DOCKER_3',
      'kics:missing_user_instruction',
      'semgrep:missing-user',
      'semgrep:missing-user-entrypoint',
      'sonar:S6471',
      'DF020',
      'CIS-DI-0001',
    ],
    messages: {
      unknown: 'No USER: it is unknown whether `{image}` starts as root',
      root: 'No USER: `{image}` starts as root',
      scratch: 'No USER: an image FROM scratch starts as root',
    },
    docs: {
      description: 'Set the user that the image runs as',
      rationale:
        'If the base image is unknown, only a USER in the file ensures that the program does not run as root. Off by default, because many images set a user themselves. [no-root-user](no-root-user.md) reports images that start a program and are known to start as root. Only this rule reports those that start nothing, because other images are built on them or people work in them.',
      bad: ['FROM registry.example.com/base:1\nCMD ["app"]\n'],
      good: ['FROM registry.example.com/base:1\nUSER 1001\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#user'],
    },
  },
  create: ({ knowledge, settings: { services }, report }) => ({
    file(dockerfile) {
      const stage = finalStage(dockerfile);
      const root = stage && lineage(stage)[0];
      const [word] = stage?.from.args ?? [];
      if (!stage || !root || !word || hasUser(stage) || dropsPrivileges(stage) || startsInteractiveShell(stage)) return;
      const isKnown = effectiveUser(stage, knowledge).name !== undefined && root.base.kind !== 'scratch';
      if (isKnown) {
        // no-root-user covers images that start a program.
        if (effectiveUser(stage, knowledge).isRoot && isRunByNobody({ stage, knowledge, services }))
          report(word.span, 'root', { data: { image: word.value } });
        return;
      }
      if (baseDropsPrivileges(stage, knowledge) || runsAsUser(root.from.args[0]?.value ?? '')) return;
      if (root.base.kind === 'context' || (root.base.kind === 'unresolved' && word.text.includes('$'))) return;
      report(word.span, root.base.kind === 'scratch' ? 'scratch' : 'unknown', { data: { image: word.value } });
    },
  }),
});

/** Tags of Docker Hardened Images with `dev` or `sdk` are for build stages and run as root. */
function runsAsUser(image: string): boolean {
  return RUNS_AS_USER.test(image) && !/^dhi\.io\/[^:]*:.*\b(?:dev|sdk)\b/.test(image);
}

/** Images that run as a non-root user, according to their publishers' documentation, 2026-11. */
const RUNS_AS_USER = anyOf(
  /^(?:docker\.io\/)?(?:bitnami(?:legacy)?\/|(?:jetty|solr|fluentd|irssi|flink|open-liberty|websphere-liberty)(?::|$))/,
  /^(?:docker\.io\/)?(?:elasticsearch|kibana|logstash)(?::|$)|^dhi\.io\/|^cgr\.dev\/chainguard\//,
  /^registry\.access\.redhat\.com\/ubi\d+\/(?:nodejs|python|php|ruby|perl|go-toolset|openjdk)-\d+/,
);

function hasUser(stage: Stage): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(({ keyword, trigger }) => keyword === 'USER' || trigger?.keyword === 'USER'),
  );
}
