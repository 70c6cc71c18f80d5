import rule from '../../../server/src/rules/maintainability/no-wget-and-curl';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN curl x\nRUN curl y\n',
    'FROM a\nRUN wget x\nFROM b\nRUN curl y\n',
    'FROM a\nRUN curl x && apt-get install wget\n',
    'FROM a\nRUN curl x\nCMD wget y\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN wget x && curl y\nRUN curl z\n',
      findings: [
        { messageId: 'both', at: 'curl', data: { command: 'curl', other: 'wget' } },
        { messageId: 'both', at: ['curl', 2] },
      ],
    },
    { code: 'FROM a\nRUN curl x\nRUN ["wget", "y"]\n', findings: [{ messageId: 'both', at: 'wget' }] },
  ],
});
