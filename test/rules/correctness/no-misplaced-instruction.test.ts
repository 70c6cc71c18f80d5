import rule from '../../../server/src/rules/correctness/no-misplaced-instruction';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: ['ARG A\nFROM b\nRUN c\n', '# syntax=a\nFROM b\n', '', 'FROM a\n'],
  invalid: [{ code: 'RUN a\nARG B\nFROM c\n', findings: [{ messageId: 'misplaced', at: 'RUN' }] }],
});
