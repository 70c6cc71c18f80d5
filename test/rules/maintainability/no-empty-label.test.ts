import rule from '../../../server/src/rules/maintainability/no-empty-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  docs: { settings: { labelSchema: new Map([['version', 'semver']]) } },
  valid: [
    'FROM a\nLABEL b=""\n',
    { code: 'FROM a\nLABEL b=c d=\n', settings: { labelSchema: new Map([['b', 'text']]) } },
    { code: 'FROM a\nLABEL b=$C\n', settings: { labelSchema: new Map([['b', 'text']]) } },
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL b=c\nLABEL d= b=\n',
      settings: {
        labelSchema: new Map([
          ['b', 'text'],
          ['d', 'url'],
        ]),
      },
      findings: [
        { messageId: 'empty', at: 'd=' },
        { messageId: 'empty', at: ['b=', 2] },
      ],
    },

    {
      code: 'FROM a\nLABEL b="" c=d\n',
      settings: { labelSchema: new Map([['b', 'text']]) },
      findings: [{ messageId: 'empty', at: 'b=""' }],
    },
  ],
});
