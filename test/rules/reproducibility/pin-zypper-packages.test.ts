import rule from '../../../server/src/rules/reproducibility/pin-zypper-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN zypper install -y b=1 "c>=2"\n',
    'FROM a\nRUN zypper in b\\>=1\n',
    'FROM a\nRUN zypper -n in ./b.rpm\n',
    'FROM a\nRUN zypper rm b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN zypper install -y bb cc\n',
      findings: [
        { messageId: 'unpinned', at: 'bb' },
        { messageId: 'unpinned', at: 'cc' },
      ],
    },
    { code: 'FROM a\nRUN zypper -n in b c=1\n', findings: [{ messageId: 'unpinned', at: ['b', 1] }] },
  ],
});
