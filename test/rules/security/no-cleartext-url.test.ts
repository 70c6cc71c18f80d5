import rule from '../../../server/src/rules/security/no-cleartext-url';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    {
      name: 'a variable that the script may change',
      code: 'FROM a\nARG U=http://x.org\nRUN U=https://x.org; curl $U/y\n',
    },
    'FROM a\nRUN curl https://x.org\n',
    'FROM a\nRUN curl http://localhost:80 http://127.0.0.1 http://db/x http://10.1.2.3\n',
    'FROM a\nRUN echo http://x.org\n',
    'FROM a\nRUN curl http://$HOST/x\n',
    'FROM a\nCMD curl http://x.org\n',
    'FROM a\nRUN echo "deb http://deb.debian.org/debian bookworm main"\n',
  ],
  invalid: [
    {
      name: 'from an ARG',
      code: 'FROM a\nARG U=http://x.org\nADD $U/y /z\nRUN curl -O "$U/v"\n',
      findings: [
        { messageId: 'cleartext', at: '$U/y' },
        { messageId: 'cleartext', at: '"$U/v"' },
      ],
    },
    {
      code: 'FROM a\nRUN curl -fO "http://x.org/y"\n',
      findings: [{ messageId: 'cleartext', at: '"http://x.org/y"' }],
      output: 'FROM a\nRUN curl -fO "https://x.org/y"\n',
    },
    {
      code: 'FROM a\nADD "http://x.org/y" /z/\n',
      findings: [{ messageId: 'cleartext', at: '"http://x.org/y"' }],
      output: 'FROM a\nADD "https://x.org/y" /z/\n',
    },
    {
      code: 'FROM a\nRUN curl -fO http://x.org/y\n',
      findings: [{ messageId: 'cleartext', at: 'http://x.org/y' }],
      output: 'FROM a\nRUN curl -fO https://x.org/y\n',
    },
    {
      code: 'FROM a\nADD http://x.org/y /z\n',
      findings: [{ messageId: 'cleartext', at: 'http://x.org/y' }],
      output: 'FROM a\nADD https://x.org/y /z\n',
    },
    { code: 'FROM a\nRUN wget ftp://x.org/y\n', findings: [{ messageId: 'cleartext', at: 'ftp://x.org/y' }] },
  ],
});
