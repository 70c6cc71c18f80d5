import rule from '../../../server/src/rules/maintainability/require-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  docs: { settings: { labelSchema: new Map([['org.opencontainers.image.source', 'url']]) } },
  valid: [
    'FROM a\n',
    { code: 'FROM a\nLABEL b=c\n', settings: { labelSchema: new Map([['b', 'text']]) } },
    { code: 'FROM a AS x\nLABEL b=c\nFROM x\n', settings: { labelSchema: new Map([['b', 'text']]) } },
    {
      code: 'FROM a AS x\nFROM d\nLABEL b=c\nCOPY --from=x /e /e\n',
      settings: { labelSchema: new Map([['b', 'text']]) },
    },
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL d=e\n',
      settings: {
        labelSchema: new Map([
          ['b', 'text'],
          ['c', 'text'],
          ['d', 'text'],
        ]),
      },
      findings: [
        { messageId: 'missing', at: 'FROM', data: { label: 'b' } },
        { messageId: 'missing', at: 'FROM', data: { label: 'c' } },
      ],
    },

    {
      code: 'FROM a\nLABEL c=d\nFROM e\n',
      settings: { labelSchema: new Map([['b', 'text']]) },
      findings: [
        { messageId: 'missing', at: 'FROM' },
        { messageId: 'missing', at: ['FROM', 2], data: { label: 'b' } },
      ],
    },
  ],
});
