import rule from '../../../server/src/rules/correctness/no-duplicate-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a AS b\nFROM c AS d\n', 'FROM a\nFROM a\n', 'FROM a AS b\nFROM b\n'],
  invalid: [
    { code: 'FROM a AS b\nFROM b AS c\nFROM c AS b\n', findings: [{ messageId: 'duplicate', at: ['b', 3] }] },

    {
      code: 'FROM a AS b\nFROM c AS B\nFROM d as b\n',
      findings: [
        { messageId: 'duplicate', at: 'B' },
        { messageId: 'duplicate', at: ['b', 2] },
      ],
    },
  ],
});
