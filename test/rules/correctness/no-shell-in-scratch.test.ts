import rule from '../../../server/src/rules/correctness/no-shell-in-scratch';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM scratch\nCMD ["b"]\n',
    'FROM scratch\nADD rootfs.tar /\nRUN b\n',
    'FROM scratch\nCOPY --from=x /bin/busybox /bin/sh\nRUN b\n',
    'FROM a\nRUN b\n',
    'FROM scratch\nCOPY --from=x / /\nRUN b\n',
  ],
  invalid: [
    { code: 'FROM scratch\nCOPY a /b\nCMD /b\n', findings: [{ messageId: 'shell', at: 'CMD' }] },

    {
      code: 'FROM scratch\nCOPY a /b\nRUN b\nENTRYPOINT b\n',
      findings: [
        { messageId: 'shell', at: 'RUN' },
        { messageId: 'shell', at: 'ENTRYPOINT' },
      ],
    },
  ],
});
