import rule from '../../../server/src/rules/correctness/no-undefined-from-arg';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'ARG A=1\nFROM b:$A\n',
    'ARG A\nFROM b${A:-c}\n',
    'FROM b${X:-c}\n',
    'FROM --platform=$TARGETPLATFORM a\n',
    'FROM a\nRUN $X\n',
  ],
  invalid: [
    {
      code: 'ARG TAG=1\nFROM b:${TAGS}${C}\n',
      findings: [
        { messageId: 'nearest', at: 'TAGS' },
        { messageId: 'undefined', at: 'C' },
      ],
      output: 'ARG TAG=1\nFROM b:${TAG}${C}\n',
    },
    {
      code: 'FROM --platform=$BULIDPLATFORM a\n',
      findings: [{ messageId: 'nearest', at: 'BULIDPLATFORM' }],
      output: 'FROM --platform=$BUILDPLATFORM a\n',
    },
  ],
});
