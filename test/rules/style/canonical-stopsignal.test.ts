import rule from '../../../server/src/rules/style/canonical-stopsignal';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nSTOPSIGNAL SIGTERM\n', 'FROM a\nSTOPSIGNAL $B\n', 'FROM a\nSTOPSIGNAL b\n'],
  invalid: [
    {
      code: 'FROM a\nSTOPSIGNAL 3\n',
      findings: [{ messageId: 'other', at: '3' }],
      output: 'FROM a\nSTOPSIGNAL SIGQUIT\n',
    },
    {
      code: 'FROM a\nSTOPSIGNAL int\n',
      findings: [{ messageId: 'other', at: 'int' }],
      output: 'FROM a\nSTOPSIGNAL SIGINT\n',
    },
  ],
});
