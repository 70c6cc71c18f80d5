import rule from '../../../server/src/rules/correctness/no-named-user-in-scratch';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM scratch\nUSER 1000\n',
    'FROM scratch\nCOPY passwd /etc/\nUSER b\n',
    'FROM a\nUSER b\n',
    'FROM scratch\nADD rootfs.tar /\nUSER b\n',
    'FROM scratch\nUSER $B\n',
  ],
  invalid: [
    {
      code: 'FROM scratch AS x\nCOPY a /b\nFROM x\nUSER app:app\n',
      findings: [{ messageId: 'unknown', at: 'app:app' }],
      output: 'FROM scratch AS x\nCOPY a /b\nFROM x\nUSER 65532:65532\n',
    },

    {
      code: 'FROM scratch\nCOPY a /b\nUSER nobody\n',
      findings: [{ messageId: 'unknown', at: 'nobody' }],
      output: 'FROM scratch\nCOPY a /b\nUSER 65532:65532\n',
    },
  ],
});
