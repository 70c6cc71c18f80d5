import { listsNoDevelopment } from '../../app/developmentPackages';
import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'composer-no-dev',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:php/composer-no-dev-in-production'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      dev: '`composer install` adds development dependencies to the image',
      omit: 'Add `--no-dev`',
    },
    docs: {
      description: 'Leave out development dependencies',
      rationale:
        'Test frameworks and code analyzers bring their vulnerabilities into the image. Some let anyone run code if a web server serves the vendor directory.',
      fixSafety: { unsafe: 'a package that is listed under require-dev by mistake is missing at run time.' },
      bad: ['FROM composer:2 AS vendor\nRUN composer install\n'],
      good: ['FROM composer:2 AS vendor\nRUN composer install --no-dev --optimize-autoloader\n'],
      references: ['https://getcomposer.org/doc/03-cli.md#install-i'],
    },
  },
  visits: { tools: ['composer', 'composer.phar'] },
  create: ({ dockerfile: { text }, buildContext, settings, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['composer', 'composer.phar'], on);
      const subcommand = call?.subcommand;
      if (!subcommand || !/^(?:install|i)$/.test(subcommand.value) || call.has('--no-dev', '--dev')) return;
      if (settings.isForDevelopment || /COMPOSER_NO_DEV/.test(text) || /test|dev|\bci\b/.test(on.stage?.name ?? ''))
        return;
      // The file runs tests, which may need the development packages.
      if (/phpunit|pest\b|composer (?:run |run-script )?test/.test(text)) return;
      if (listsNoDevelopment(on, buildContext, 'composer.json')) return;
      report(subcommand.span, 'dev', {
        fix: { title: 'omit', safety: 'unsafe', edits: [addOption(subcommand, '--no-dev')] },
      });
    },
  }),
});
