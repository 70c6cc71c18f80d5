import { defineRule } from '../../engine/rule';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-node-tls-off',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CKV2_DOCKER_6'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`{name}` lets Node.js accept any certificate',
      remove: 'Remove it',
    },
    docs: {
      description: 'Let Node.js verify certificates',
      rationale:
        'With `NODE_TLS_REJECT_UNAUTHORIZED=0`, Node.js accepts any certificate, so anyone on the network path can substitute content. It does so in the build and, when set by ENV, in every container.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: [
        'FROM debian:12\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n',
        'FROM debian:12\nRUN NODE_TLS_REJECT_UNAUTHORIZED=0 make\n',
      ],
      good: ['FROM debian:12\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n', 'FROM debian:12\nRUN make\n'],
      references: ['https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue'],
    },
  },
  create: ({ dockerfile, report }) =>
    visitSettings(dockerfile, { names: ['NODE_TLS_REJECT_UNAUTHORIZED'], value: /^0$/ }, ({ name, span, removal }) =>
      report(span, 'off', {
        data: { name },
        fix: removal && { title: 'remove', safety: 'unsafe', edits: [removal] },
      }),
    ),
});
