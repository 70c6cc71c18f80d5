import rule from '../../../server/src/rules/style/final-newline';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['', '# comment', 'FROM a\n', 'FROM a\r\n', 'FROM a\nRUN <<E\nb\nE\n'],
  invalid: [
    { code: 'FROM a\nRUN b', findings: [{ messageId: 'missing', at: 'RUN b' }], output: 'FROM a\nRUN b\n' },
    { code: 'FROM a\r\nRUN b', findings: [{ messageId: 'missing', at: 'RUN b' }], output: 'FROM a\r\nRUN b\r\n' },
    { code: 'FROM a\nRUN b \\', findings: [{ messageId: 'missing', at: 'RUN b \\' }], escape: false },
  ],
});
