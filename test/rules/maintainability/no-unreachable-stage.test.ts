import rule from '../../../server/src/rules/maintainability/no-unreachable-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\n',
    'FROM a AS b\nFROM c\n',
    'FROM a\nFROM c\nCOPY --from=0 /d /d\n',
    { code: 'FROM a\nFROM b\n', settings: { targetStage: '0' } },
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b\nFROM c\nRUN d\nFROM e\nCOPY --from=0 /f /f\n',
      findings: [{ messageId: 'unreachable', at: ['FROM', 2] }],
    },
    { code: 'FROM a\nRUN b\nFROM c\n', findings: [{ messageId: 'unreachable', at: 'FROM' }] },
  ],
});
