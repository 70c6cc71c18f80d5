import rule from '../../../server/src/rules/correctness/zypper-non-interactive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN zypper -n install b\n',
    'FROM a\nRUN zypper install -y b\n',
    'FROM a\nRUN zypper --non-interactive in b\n',
    'FROM a\nRUN zypper in --no-confirm b\n',
    'FROM a\nRUN zypper refresh\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN zypper -q update && zypper remove b\n',
      findings: [
        { messageId: 'asks', at: 'update' },
        { messageId: 'asks', at: 'remove' },
      ],
      output: 'FROM a\nRUN zypper -q update -y && zypper remove -y b\n',
    },

    {
      code: 'FROM a\nRUN zypper in b && zypper clean\n',
      findings: [{ messageId: 'asks', at: 'in' }],
      output: 'FROM a\nRUN zypper in -y b && zypper clean\n',
    },
  ],
});
