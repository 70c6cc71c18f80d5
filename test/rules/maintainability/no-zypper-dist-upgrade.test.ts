import rule from '../../../server/src/rules/maintainability/no-zypper-dist-upgrade';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN zypper install b\n',
    'FROM a\nRUN zypper dist-upgrade b\n',
    'FROM a\nRUN echo zypper dist-upgrade\n',
    'FROM a\nCMD zypper dist-upgrade\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN zypper -n dup\n', findings: [{ messageId: 'upgrade', at: 'dup' }] },

    { code: 'FROM a\nRUN x && zypper dist-upgrade\n', findings: [{ messageId: 'upgrade', at: 'dist-upgrade' }] },
  ],
});
