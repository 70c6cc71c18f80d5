import rule from '../../../server/src/rules/correctness/prefer-shell-instruction';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM scratch\nCOPY --from=b /bin /busybox\nRUN ["/busybox/ln", "-s", "/busybox/sh", "/bin/sh"]\n',
    'FROM a\nRUN ln -sf /bin/true /sbin/initctl\n',
    'FROM a\nRUN ln -s /bin/sh /usr/bin/x\n',
    'FROM a\nSHELL ["/bin/bash", "-c"]\n',
    'FROM a\nCMD ln -s /bin/bash /bin/sh\n',
  ],
  invalid: [
    {
      name: 'taken away',
      code: 'FROM a\nRUN mv /bin/sh /bin/sh.old\n',
      findings: [{ messageId: 'link', at: 'mv /bin/sh /bin/sh.old' }],
    },
    ...['cp', 'mv'].map((name) => ({
      code: `FROM a\nRUN b && ${name} /bin/bash /bin/sh\n`,
      findings: [{ messageId: 'link' as const, at: `${name} /bin/bash /bin/sh` }],
    })),
    {
      code: 'FROM a\nRUN ln -sfv /bin/bash /bin/sh\n',
      findings: [{ messageId: 'link', at: 'ln -sfv /bin/bash /bin/sh' }],
      output: 'FROM a\nSHELL ["/bin/bash", "-c"]\n',
    },
    { code: 'FROM a\nRUN ln -s bash /bin/sh && b\n', findings: [{ messageId: 'link', at: 'ln -s bash /bin/sh' }] },
  ],
});
