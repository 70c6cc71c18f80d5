import rule from '../../../server/src/rules/security/no-go-insecure';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nENV GOPRIVATE=b.c/*\n', 'FROM a\nENV GOINSECURE=\n', 'FROM a\nARG GOINSECURE\n'],
  invalid: [
    {
      code: 'FROM a\nENV GOINSECURE=b.c/*\nRUN d\n',
      findings: [{ messageId: 'off', at: 'GOINSECURE=b.c/*' }],
      output: 'FROM a\nRUN d\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN GOINSECURE=b.c go mod download\n',
      findings: [{ messageId: 'off', at: 'GOINSECURE=b.c' }],
      output: 'FROM a\nRUN go mod download\n',
    },
  ],
});
