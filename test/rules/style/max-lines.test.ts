import rule from '../../../server/src/rules/style/max-lines';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\n'],
  invalid: [
    {
      name: '302 lines',
      code: `FROM a\n${'RUN b\n'.repeat(301)}`,
      findings: [{ messageId: 'long', at: 'FROM', data: { lines: 302, max: 300 } }],
      onbuild: false,
      escape: false,
    },
  ],
});
