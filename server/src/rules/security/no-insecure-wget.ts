import { certificateRule, insecureOptions } from '../shared/certificates';

export default certificateRule({
  id: 'no-insecure-wget',
  aliases: ['CKV2_DOCKER_3'],
  messages: { off: '`wget {name}` accepts any certificate', remove: 'Remove `{name}`' },
  tools: ['wget'],
  commands: insecureOptions(['--no-check-certificate']),
  docs: {
    description: 'Let wget verify certificates',
    rationale:
      'With `--no-check-certificate`, wget accepts any certificate, so anyone on the network path can substitute the file that the build then installs.',
    bad: ['FROM debian:12\nRUN wget --no-check-certificate https://example.com/a.tgz\n'],
    good: ['FROM debian:12\nRUN wget https://example.com/a.tgz\n'],
    references: ['https://www.gnu.org/software/wget/manual/wget.html#HTTPS-_0028SSL_002fTLS_0029-Options'],
  },
});
