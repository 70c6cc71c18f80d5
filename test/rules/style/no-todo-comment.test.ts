import rule from '../../../server/src/rules/style/no-todo-comment';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\n# done\n', 'FROM a\nRUN echo "# TODO"\n', 'FROM a\n# todos and mastodons\n'],
  invalid: [
    {
      code: '# TODO: b\nFROM a\nRUN c \\\n  # FIXME why\n  d\n',
      findings: [
        { messageId: 'todo', at: '# TODO: b' },
        { messageId: 'todo', at: '# FIXME why' },
      ],
      onbuild: false,
    },

    { code: 'FROM a\n# fixme later\nRUN b\n', findings: [{ messageId: 'todo', at: '# fixme later' }], onbuild: false },
  ],
});
