import { effectiveUser } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-privileged-port',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    messages: {
      low: '`{user}` may not be allowed to listen on port {port}',
    },
    docs: {
      description: 'Listen on a port above 1023 when not running as root',
      rationale:
        'Ports below 1024 are reserved for root. Docker has let every user open them since 20.10; Kubernetes and Podman do not everywhere.',
      bad: ['FROM debian:12\nEXPOSE 80\nUSER www-data\n'],
      good: ['FROM debian:12\nEXPOSE 8080\nUSER www-data\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
  },
  create: ({ knowledge, report }) => ({
    stage(stage) {
      const { name: user, isRoot } = effectiveUser(stage, knowledge);
      if (!stage.isFinal || isRoot !== false || user === undefined) return;
      for (const node of stage.instructions) {
        if (node.keyword !== 'EXPOSE') continue;
        for (const { text, span } of node.args) {
          const port = Number.parseInt(node.expand(text) ?? '', 10);
          if (port > 0 && port < 1024) report(span, 'low', { data: { user, port } });
        }
      }
    },
  }),
});
