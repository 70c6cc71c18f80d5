import { certificateRule, insecureOptions } from '../shared/certificates';

export default certificateRule({
  id: 'no-insecure-curl',
  aliases: ['CKV2_DOCKER_2'],
  messages: { off: '`curl {name}` accepts any certificate', remove: 'Remove `{name}`' },
  tools: ['curl'],
  commands: insecureOptions(['-k', '--insecure', '--proxy-insecure']),
  docs: {
    description: 'Let curl verify certificates',
    rationale:
      'With `-k`, curl accepts any certificate, so anyone on the network path can substitute the file that the build then installs.',
    bad: ['FROM debian:12\nRUN curl -k https://example.com/a.tgz | tar xz\n'],
    good: ['FROM debian:12\nRUN curl -f https://example.com/a.tgz | tar xz\n'],
    references: ['https://curl.se/docs/manpage.html#-k'],
  },
});
