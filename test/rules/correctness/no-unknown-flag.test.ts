import rule from '../../../server/src/rules/correctness/no-unknown-flag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM --platform=b a\nCOPY --from=b --chown=c --link d /e\n',
    'FROM a\nRUN --mount=type=cache,target=/b c\n',
    '# syntax=b/c\nFROM a\nCOPY --d e /f\n',
    'FROM a\nHEALTHCHECK --start-interval=1s CMD b\n',
    'FROM a\nRUN b --c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nHEALTHCHECK --intervall=5s CMD b\n',
      findings: [{ messageId: 'unknown', at: '--intervall', data: { keyword: 'HEALTHCHECK', name: 'intervall' } }],
      output: 'FROM a\nHEALTHCHECK --interval=5s CMD b\n',
    },
    {
      code: 'FROM a\nADD --recursive b /c\n',
      findings: [{ messageId: 'unknown', at: '--recursive' }],
      output: 'FROM a\nADD b /c\n',
    },
    {
      code: 'FROM --plattform=b a\n',
      findings: [{ messageId: 'unknown', at: '--plattform' }],
      output: 'FROM --platform=b a\n',
    },
  ],
});
