import rule from '../../../server/src/rules/maintainability/no-dnf-upgrade';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN dnf install b\n',
    'FROM a\nRUN dnf upgrade b\n',
    'FROM a\nRUN echo dnf upgrade\n',
    'FROM a\nCMD dnf upgrade\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN dnf -y upgrade && b\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
    { code: 'FROM a\nRUN x && dnf upgrade\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
  ],
});
