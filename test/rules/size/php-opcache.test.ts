import rule from '../../../server/src/rules/size/php-opcache';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM php:8.3-cli\n',
    'FROM php:8.3-fpm\nRUN docker-php-ext-enable opcache\n',
    'FROM php:8.3-fpm AS x\nFROM a\n',
    'FROM a/php:8.3-fpm\n',
  ],
  invalid: [
    {
      code: 'FROM php:8.3-fpm AS x\nRUN docker-php-ext-enable intl\nFROM php:8.2-fpm-alpine\nRUN docker-php-ext-install pdo_mysql\n',
      findings: [{ messageId: 'missing', at: 'php:8.2-fpm-alpine' }],
    },
    { code: 'FROM php:8.3-apache\n', findings: [{ messageId: 'missing', at: 'php:8.3-apache' }] },
  ],
});
