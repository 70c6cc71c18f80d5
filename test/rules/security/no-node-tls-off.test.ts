import rule from '../../../server/src/rules/security/no-node-tls-off';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n',
    'FROM a\nENV XNODE_TLS_REJECT_UNAUTHORIZED=0\n',
    'FROM a\nARG NODE_TLS_REJECT_UNAUTHORIZED\n',
    'FROM a\nRUN echo NODE_TLS_REJECT_UNAUTHORIZED=0\n',
    'FROM a\nRUN NODE_TLS_REJECT_UNAUTHORIZED_X=0 b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\nRUN b\n',
      findings: [{ messageId: 'off', at: 'NODE_TLS_REJECT_UNAUTHORIZED=0' }],
      output: 'FROM a\nRUN b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nENV NODE_TLS_REJECT_UNAUTHORIZED 0\nRUN b\n',
      findings: [{ messageId: 'off', at: 'NODE_TLS_REJECT_UNAUTHORIZED 0' }],
      output: 'FROM a\nRUN b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nARG C=1 NODE_TLS_REJECT_UNAUTHORIZED="0"\n',
      findings: [{ messageId: 'off', at: 'NODE_TLS_REJECT_UNAUTHORIZED="0"' }],
      output: 'FROM a\nARG C=1\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN x; C=1 NODE_TLS_REJECT_UNAUTHORIZED=0 b && c\n',
      findings: [{ messageId: 'off', at: 'NODE_TLS_REJECT_UNAUTHORIZED=0' }],
      output: 'FROM a\nRUN x; C=1 b && c\n',
    },
    {
      code: 'FROM a\nRUN export NODE_TLS_REJECT_UNAUTHORIZED=0 && b\n',
      findings: [{ messageId: 'off', at: 'NODE_TLS_REJECT_UNAUTHORIZED=0' }],
    },
  ],
});
