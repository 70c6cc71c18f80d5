import rule from '../../../server/src/rules/size/no-xdebug';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS dev\nRUN pecl install xdebug\n',
    'FROM a AS x\nRUN pecl install xdebug\nFROM b\n',
    'FROM a\nRUN if b; then pecl install xdebug; fi\n',
    'FROM a\nRUN echo xdebug\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN apk add php83-pecl-xdebug\n', findings: [{ messageId: 'shipped', at: 'php83-pecl-xdebug' }] },
    { code: 'FROM a\nRUN pecl install xdebug-3.3.2\n', findings: [{ messageId: 'shipped', at: 'xdebug-3.3.2' }] },
  ],
});
