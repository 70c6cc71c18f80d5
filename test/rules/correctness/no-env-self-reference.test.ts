import rule from '../../../server/src/rules/correctness/no-env-self-reference';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV B=1\nENV C=$B\n',
    'FROM a\nENV B=1 C=$BC D=${BE} E="B"\n',
    "FROM a\nENV B=1 C='$B'\n",
    'FROM a\nENV B=1 C=\\$B\n',
    'FROM a\nARG B=0\nENV B=1 C=$B\n',
    'FROM a\nENV PATH=/b:$PATH\n',
    'FROM a\nENV C=$B B=1\n',
  ],
  invalid: [
    {
      code: 'FROM a\n  ENV B=1 C="${B}/c" D=2\n',
      findings: [{ messageId: 'self', at: '"${B}/c"', data: { name: 'B' } }],
      output: 'FROM a\n  ENV B=1\n  ENV C="${B}/c" D=2\n',
    },
    {
      code: 'FROM a\nENV PATH=/b:$PATH PATH=/c:$PATH\n',
      findings: [{ messageId: 'self', at: '/c:$PATH' }],
      output: 'FROM a\nENV PATH=/b:$PATH\nENV PATH=/c:$PATH\n',
    },
    { code: 'FROM a\nENV B=1 \\\n  C=$B\n', findings: [{ messageId: 'self', at: '$B' }], escape: false },
  ],
});
