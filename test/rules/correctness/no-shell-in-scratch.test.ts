import rule from '../../../server/src/rules/correctness/no-shell-in-scratch';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM scratch\nCMD ["b"]\n',
    'FROM scratch\nADD rootfs.tar /\nRUN b\n',
    'FROM scratch\nCOPY --from=x /bin/busybox /bin/sh\nRUN b\n',
    'FROM a\nRUN b\n',
    'FROM gcr.io/distroless/base-debian12:debug\nCMD b\n',
    'FROM gcr.io/distroless/base-debian12\nCOPY --from=x /bin/busybox /bin/sh\nCMD b\n',
    'FROM scratch\nCOPY --from=x / /\nRUN b\n',
  ],
  invalid: [
    {
      code: 'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY a /b\nCMD /b --now\n',
      findings: [
        {
          messageId: 'shell',
          at: 'CMD',
          data: { keyword: 'CMD', image: 'gcr.io/distroless/static-debian12:nonroot' },
        },
      ],
    },
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
