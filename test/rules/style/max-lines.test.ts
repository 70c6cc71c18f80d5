import rule from '../../../server/src/rules/style/max-lines';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { name: '300 lines', code: `FROM a\n${'RUN b\n'.repeat(299)}` },
    { name: '300 lines beside blank ones and comments', code: `FROM a\n${'\n# b\nRUN c\n'.repeat(299)}` },
    { name: '300 lines without a last line end', code: `FROM a\n${'RUN b\n'.repeat(298)}RUN c` },
    'FROM a\n',
  ],
  invalid: [
    {
      name: '301 lines beside blank ones and comments',
      code: `FROM a\n${'\n  # b\nRUN c\n'.repeat(300)}`,
      findings: [{ messageId: 'long', at: 'FROM', data: { lines: 301, max: 300 } }],
      onbuild: false,
      escape: false,
    },

    {
      name: '302 lines',
      code: `FROM a\n${'RUN b\n'.repeat(301)}`,
      findings: [{ messageId: 'long', at: 'FROM', data: { lines: 302, max: 300 } }],
      onbuild: false,
      escape: false,
    },
  ],
});
