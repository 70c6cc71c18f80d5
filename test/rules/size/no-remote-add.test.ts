import rule from '../../../server/src/rules/size/no-remote-add';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nADD b.tgz /c\n', 'FROM a\nADD https://b/c.git /d\n', 'FROM a\nCOPY b /c\n'],
  invalid: [
    {
      name: 'from an ARG',
      code: 'FROM a\nARG U=https://b.c\nADD $U/d /e\n',
      findings: [{ messageId: 'remote', at: '$U/d' }],
    },
    {
      code: 'FROM a\nADD --chmod=755 b https://c/d.tgz /e/\n',
      findings: [{ messageId: 'remote', at: 'https://c/d.tgz' }],
    },
    { code: 'FROM a\nADD http://b/c /d\n', findings: [{ messageId: 'remote', at: 'http://b/c' }] },
  ],
});
