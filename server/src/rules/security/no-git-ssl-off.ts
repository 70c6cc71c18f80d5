import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-git-ssl-off',
  aliases: ['CKV2_DOCKER_14'],
  messages: { off: '`{name}` lets git accept any certificate', remove: 'Remove it' },
  variables: { names: ['GIT_SSL_NO_VERIFY'], value: /\S/ },
  tools: ['git'],
  commands: ({ words }) => {
    const at = words.find(({ value }) => /^http\.(?:.*\.)?sslverify(?:=|$)/i.test(value));
    const text = words.map(({ value }) => value).join(' ');
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    const isOff = /http\.\S*sslverify[= ](?:false|0|no|off)(?: |$)/i.test(text);
    return at && isOff ? [{ name: at.value, span: at.span, removal: undefined }] : [];
  },
  docs: {
    description: 'Let git verify certificates',
    rationale:
      'Without verification, git accepts any certificate, so anyone on the network path can substitute another repository. `GIT_SSL_NO_VERIFY` disables verification as soon as it is set, whatever its value.',
    bad: [
      'FROM debian:12\nRUN GIT_SSL_NO_VERIFY=1 git clone https://example.com/a.git\n',
      'FROM debian:12\nRUN git -c http.sslVerify=false clone https://example.com/a.git\n',
    ],
    good: ['FROM debian:12\nRUN git clone https://example.com/a.git\n'],
    references: ['https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify'],
  },
});
