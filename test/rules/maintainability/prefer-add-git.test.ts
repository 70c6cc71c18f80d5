import rule from '../../../server/src/rules/maintainability/prefer-add-git';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN git clone git@b:c\n',
    'FROM a\nRUN git fetch\n',
    'FROM a\nRUN cat b | tar x\n',
    'FROM a\nRUN if b; then git clone https://c/d; fi\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN git clone --depth 1 https://b/c.git d\n',
      findings: [{ messageId: 'git', at: 'git clone --depth 1 https://b/c.git d' }],
    },
    {
      code: 'FROM a\nRUN curl -fL https://b/c.tgz | tar -xz\n',
      findings: [{ messageId: 'unpack', at: 'curl -fL https://b/c.tgz | tar -xz' }],
    },
  ],
});
