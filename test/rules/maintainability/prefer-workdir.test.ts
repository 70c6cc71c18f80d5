import rule from '../../../server/src/rules/maintainability/prefer-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nWORKDIR /b\nRUN c\n',
    'FROM a\nRUN x && cd b\n',
    'FROM a\nCMD cd /b && c\n',
    'FROM a\nRUN echo $(cd /b && pwd)\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b && cd c && d\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'cd', at: 'cd c' }],
    },

    { code: 'FROM a\nRUN cd b && c\n', findings: [{ messageId: 'cd', at: 'cd b' }] },
    { code: 'FROM a\nRUN x; cd /b; c\n', findings: [{ messageId: 'cd', at: 'cd /b' }] },
  ],
});
