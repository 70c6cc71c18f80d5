import rule from '../../../server/src/rules/correctness/no-misplaced-instruction';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: ['ARG A\nFROM b\nRUN c\n', '# syntax=a\nFROM b\n', '', 'FROM a\n', 'FORM a\nRUN b\nFROM c\n'],
  invalid: [
    {
      code: 'ARG A\nCOPY b c\nENV D=e\nFROM f\nCOPY g h\n',
      findings: [
        { messageId: 'misplaced', at: 'COPY' },
        { messageId: 'misplaced', at: 'ENV' },
      ],
    },
    { code: 'RUN a\nARG B\nFROM c\n', findings: [{ messageId: 'misplaced', at: 'RUN' }] },
  ],
});
