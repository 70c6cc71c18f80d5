import rule from '../../../server/src/rules/maintainability/no-unused-user';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN useradd b\nUSER b\n',
    'FROM a\nRUN useradd b && chown b /c\n',
    'FROM a\nRUN useradd b\nENTRYPOINT ["gosu", "c"]\n',
    'FROM a\nRUN useradd $B\n',
    'FROM a\nRUN adduser b c\n',
    'FROM a AS x\nRUN useradd b\nFROM c\n',
    'FROM a\nRUN useradd _smtpd\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN adduser -Dh /home/gordon gordon\nCMD ["x"]\n',
      findings: [{ messageId: 'unused', at: ['gordon', 2], data: { name: 'gordon' } }],
    },
    { code: 'FROM a\nRUN x && useradd --system -u 1000 b\n', findings: [{ messageId: 'unused', at: 'b' }] },
  ],
});
