import rule from '../../../server/src/rules/maintainability/require-cmd';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCMD b\n',
    'FROM a AS b\nENTRYPOINT c\nFROM b\n',
    'FROM a AS b\nFROM c\nCMD d\n',
    'FROM nginx:1.27\nCOPY b c\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN b\n', findings: [{ messageId: 'missing', at: 'FROM' }] },
    { code: 'FROM python:3.13\nRUN b\n', findings: [{ messageId: 'missing', at: 'FROM' }] },
  ],
});
