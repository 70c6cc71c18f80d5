import rule from '../../../server/src/rules/correctness/no-system-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nWORKDIR /srv\n',
    'FROM a\nWORKDIR /development\n',
    'FROM a\nWORKDIR /etc/nginx\n',
    'FROM a\nWORKDIR $B\n',
    'FROM a\nWORKDIR bin\n',
  ],
  invalid: [
    { code: 'FROM a\nWORKDIR /proc/self/fd/1\n', findings: [{ messageId: 'system', at: '/proc/self/fd/1' }] },
    { code: 'FROM a\nWORKDIR "/etc/"\n', findings: [{ messageId: 'system', at: '"/etc/"' }] },
    {
      code: 'FROM a\nENV B=/dev\nWORKDIR $B/x\n',
      findings: [{ messageId: 'system', at: '$B/x', data: { path: '/dev/x' } }],
    },
  ],
});
