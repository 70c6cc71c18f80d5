import rule from '../../../server/src/rules/maintainability/no-superfluous-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  docs: { settings: { strictLabels: true, labelSchema: new Map([['org.opencontainers.image.source', 'url']]) } },
  valid: [
    'FROM a\nLABEL b=c\n',
    { code: 'FROM a\nLABEL b=c\n', settings: { strictLabels: true, labelSchema: new Map([['b', 'text']]) } },
    { code: 'FROM a\nENV d=c\n', settings: { strictLabels: true } },
  ],
  invalid: [
    { code: 'FROM a\nLABEL b=c\n', settings: { strictLabels: true }, findings: [{ messageId: 'extra', at: 'b=c' }] },

    {
      code: 'FROM a\nLABEL b=c d=e\n',
      settings: { strictLabels: true, labelSchema: new Map([['b', 'text']]) },
      findings: [{ messageId: 'extra', at: 'd=e' }],
    },
  ],
});
