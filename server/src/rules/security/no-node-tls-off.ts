import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-node-tls-off',
  aliases: ['CKV2_DOCKER_6'],
  messages: { off: '`{name}` lets Node.js accept any certificate', remove: 'Remove it' },
  variables: { names: ['NODE_TLS_REJECT_UNAUTHORIZED'], value: /^0$/ },
  docs: {
    description: 'Let Node.js verify certificates',
    rationale:
      'With `NODE_TLS_REJECT_UNAUTHORIZED=0`, Node.js accepts any certificate, so anyone on the network path can substitute content. It does so in the build and, when set by ENV, in every container.',
    bad: [
      'FROM debian:12\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n',
      'FROM debian:12\nRUN NODE_TLS_REJECT_UNAUTHORIZED=0 make\n',
    ],
    good: ['FROM debian:12\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n', 'FROM debian:12\nRUN make\n'],
    references: ['https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue'],
  },
});
