import rule from '../../../server/src/rules/style/group-labels';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: ['FROM a\nLABEL b=c\nFROM d\nLABEL e=f\n', 'FROM a\nLABEL b=c d=e\n', 'FROM a\nLABEL b=c\nRUN d\nLABEL e=f\n'],
  invalid: [
    {
      code: 'FROM a\nLABEL b=c\nLABEL d=e\nLABEL f=g\n',
      findings: [
        { messageId: 'apart', at: ['LABEL', 2] },
        { messageId: 'apart', at: ['LABEL', 3] },
      ],
      output: 'FROM a\nLABEL b=c \\\n      d=e \\\n      f=g\n',
    },
    { code: 'FROM a\nLABEL b c\nLABEL d=e\n', findings: [{ messageId: 'apart', at: ['LABEL', 2] }] },
  ],
});
