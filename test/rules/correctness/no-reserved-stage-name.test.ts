import rule from '../../../server/src/rules/correctness/no-reserved-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM scratch AS b\n', 'FROM scratch\n', 'FROM a AS contexts\n'],
  invalid: [
    {
      code: 'FROM a AS scratch\n',
      findings: [{ messageId: 'reserved', at: 'scratch' }],
      output: 'FROM a AS scratch-stage\n',
    },
    {
      code: 'FROM a AS Context\nFROM b\n',
      findings: [{ messageId: 'reserved', at: 'Context' }],
      output: 'FROM a AS context-stage\nFROM b\n',
    },
  ],
});
