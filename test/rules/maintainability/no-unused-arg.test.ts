import rule from '../../../server/src/rules/maintainability/no-unused-arg';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'ARG B\nFROM a:$B\n',
    'FROM a\nARG B\nRUN c\n',
    'FROM a\nARG B\nENV C=$B\n',
    'FROM a\nARG TARGETARCH\n',
    'ARG B\nFROM a\nARG B\nLABEL c=$B\n',
    { name: 'reads a name as text, not as a pattern', code: 'FROM a\nARG [=1\nLABEL c="$["\n' },
  ],
  invalid: [
    {
      code: 'FROM a\nARG B=1 C=2\nENV D=$C\nFROM e\nARG B\nUSER f\n',
      findings: [
        { messageId: 'unused', at: 'B' },
        { messageId: 'unused', at: ['B', 2] },
      ],
    },

    {
      code: 'ARG B=c\nFROM a\nARG D\nCMD e\n',
      findings: [
        { messageId: 'unused', at: 'B' },
        { messageId: 'unused', at: 'D' },
      ],
    },
  ],
});
