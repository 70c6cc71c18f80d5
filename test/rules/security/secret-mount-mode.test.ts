import rule from '../../../server/src/rules/security/secret-mount-mode';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN --mount=type=secret,id=b c\n',
    'FROM a\nRUN --mount=type=secret,id=b,mode=0440 c\n',
    'FROM a\nRUN --mount=type=cache,target=/b,mode=0777 c\n',
  ],
  invalid: [
    {
      name: 'from an ARG',
      code: 'FROM a\nARG M=0444\nRUN --mount=type=ssh,mode=$M c\n',
      findings: [{ messageId: 'open', at: ['$M', 1] }],
      output: 'FROM a\nARG M=0444\nRUN --mount=type=ssh,mode=0400 c\n',
      onbuild: false,
    },
    {
      code: 'FROM debian:12\nRUN --mount=type=secret,id=b,mode=0444,required c\n',
      findings: [{ messageId: 'open', at: '0444' }],
      output: 'FROM debian:12\nRUN --mount=type=secret,id=b,mode=0400,required c\n',
    },
    {
      code: 'FROM a\nRUN --mount=type=ssh,mode=666 c\n',
      findings: [{ messageId: 'open', at: '666' }],
      output: 'FROM a\nRUN --mount=type=ssh,mode=0400 c\n',
    },
  ],
});
