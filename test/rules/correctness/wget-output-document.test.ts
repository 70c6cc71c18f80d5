import rule from '../../../server/src/rules/correctness/wget-output-document';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN wget https://a/b\n',
    'FROM a\nRUN wget -O /c https://a/b\n',
    'FROM a\nRUN wget https://a/b -O /c\n',
    'FROM a\nRUN wget https://a/b -P /c\n',
    'FROM a\nRUN wget https://a/b https://a/c\n',
    'FROM a\nRUN wget https://a/b a.example/c\n',
    'FROM a\nRUN wget https://a/b $C\n',
    'FROM a\nCMD wget https://a/b /c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN wget -q https://a/b /c/b\n',
      findings: [{ messageId: 'url', at: '/c/b', data: { path: '/c/b' } }],
      output: 'FROM a\nRUN wget -q https://a/b -O /c/b\n',
    },
    {
      code: 'FROM a\nRUN wget "https://a/$B" ./c\n',
      findings: [{ messageId: 'url', at: './c' }],
      output: 'FROM a\nRUN wget "https://a/$B" -O ./c\n',
    },
    {
      code: 'FROM a\nRUN wget --no-verbose /c/b "https://a/b"\n',
      findings: [{ messageId: 'url', at: '/c/b' }],
      output: 'FROM a\nRUN wget --no-verbose -O /c/b "https://a/b"\n',
    },
    {
      code: 'FROM a\nRUN wget https://a/b /c/\n',
      findings: [{ messageId: 'url', at: '/c/' }],
      output: 'FROM a\nRUN wget https://a/b -P /c/\n',
    },
  ],
});
