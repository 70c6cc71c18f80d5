import rule from '../../../server/src/rules/size/composer-no-dev';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { code: 'FROM a\nRUN composer i\n', name: 'people develop in it', settings: { isForDevelopment: true } },
    {
      code: 'FROM a\nCOPY . .\nRUN composer install\n',
      buildContext: buildContextOf({ 'composer.json': '{"require":{"a/b":"1"}}' }),
    },
    'FROM a\nRUN composer install --no-dev\n',
    'FROM a\nENV COMPOSER_NO_DEV=1\nRUN composer install\n',
    'FROM a AS dev\nRUN composer install\n',
    'FROM a\nRUN composer install && vendor/bin/phpunit\n',
    'FROM a\nRUN composer require b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b && composer i\n',
      findings: [{ messageId: 'dev', at: 'i' }],
      output: 'FROM a\nRUN b && composer i --no-dev\n',
    },

    {
      code: 'FROM a\nRUN composer install --no-interaction\n',
      findings: [{ messageId: 'dev', at: 'install' }],
      output: 'FROM a\nRUN composer install --no-dev --no-interaction\n',
    },
  ],
});
