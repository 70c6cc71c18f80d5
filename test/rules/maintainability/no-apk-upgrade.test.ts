import rule from '../../../server/src/rules/maintainability/no-apk-upgrade';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apk install b\n',
    'FROM a\nRUN apk upgrade b\n',
    'FROM a\nRUN echo apk upgrade\n',
    'FROM a\nCMD apk upgrade\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN apk --no-cache upgrade && b\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
    { code: 'FROM a\nRUN x && apk upgrade\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
  ],
});
