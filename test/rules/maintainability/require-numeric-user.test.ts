import rule from '../../../server/src/rules/maintainability/require-numeric-user';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nUSER 1000\n', 'FROM a\nUSER 1000:1000\n', 'ARG B\nFROM a\nUSER ${B}\n'],
  invalid: [
    { code: 'FROM a\nUSER b\n', findings: [{ messageId: 'named', at: 'b' }] },
    {
      code: 'FROM a\nRUN adduser -D -u 1234 app\nUSER app\n',
      findings: [{ messageId: 'named', at: ['app', 2] }],
      output: 'FROM a\nRUN adduser -D -u 1234 app\nUSER 1234\n',
      onbuild: false,
    },
    { code: 'FROM a\nUSER root:root\n', findings: [{ messageId: 'named', at: 'root:root' }] },
  ],
});
