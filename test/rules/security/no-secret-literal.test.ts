import rule from '../../../server/src/rules/security/no-secret-literal';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nENV KEY=AKIAIOSFODNN7EXAMPLE\n',
    'FROM a\nRUN echo ghp_short\n',
    'FROM a\nARG TOKEN\n',
    'FROM a\nRUN echo -----BEGIN PUBLIC KEY-----\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV B=AKIAABCDEFGHIJKLMNOP\n',
      findings: [{ messageId: 'secret', at: 'AKIAABCDEFGHIJKLMNOP', data: { kind: 'an AWS access key' } }],
    },
    {
      code: 'FROM a\nCOPY <<EOF /b\n-----BEGIN RSA PRIVATE KEY-----\nEOF\n',
      findings: [{ messageId: 'secret', at: '-----BEGIN RSA PRIVATE KEY-----' }],
      escape: false,
    },
  ],
});
