import rule from '../../../server/src/rules/correctness/no-comment-in-command';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nRUN b \\\n # c\n && d\n',
    'FROM a\nRUN b # c\n',
    'FROM a\nRUN b "#" \\\n && c\n',
    'FROM a\nRUN b#c \\\n && d\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN b \\\n  c # d \\\n  e\n', findings: [{ messageId: 'swallowed', at: '# d ' }] },
    { code: 'FROM a\nRUN b && \\\n c # d \\\n && e\n', findings: [{ messageId: 'swallowed', at: '# d ' }] },
  ],
});
