import rule from '../../../server/src/rules/correctness/valid-stopsignal';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nSTOPSIGNAL SIGTERM\n',
    'FROM a\nSTOPSIGNAL quit\n',
    'FROM a\nSTOPSIGNAL 9\n',
    'FROM a\nSTOPSIGNAL SIGRTMIN+3\n',
    'FROM a\nSTOPSIGNAL $B\n',
  ],
  invalid: [
    {
      code: 'FROM a\nSTOPSIGNAL TERMINATE\n',
      findings: [{ messageId: 'unknown', at: 'TERMINATE', data: { signal: 'TERMINATE' } }],
    },
    { code: 'FROM a\nSTOPSIGNAL 99\n', findings: [{ messageId: 'unknown', at: '99' }] },
  ],
});
