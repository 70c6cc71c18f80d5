import { isInFinalImage } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-xdebug',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:php/no-xdebug-in-final-image'],
    fixable: 'manual',
    messages: {
      shipped: 'Xdebug in the image slows PHP down and exposes internals',
      stage: 'Install it in a development stage',
    },
    docs: {
      description: 'Keep Xdebug out of the image',
      rationale:
        'Xdebug is a development tool. It slows down every request, and its remote debugging lets anyone who reaches the port run code.',
      fixSafety: { manual: 'the Dockerfile does not show who uses Xdebug and where.' },
      bad: ['FROM php:8.3-fpm\nRUN pecl install xdebug && docker-php-ext-enable xdebug\n'],
      good: [
        'FROM php:8.3-fpm AS app\nFROM app AS dev\nRUN pecl install xdebug && docker-php-ext-enable xdebug\nFROM app\n',
      ],
      references: ['https://xdebug.org/docs/install'],
    },
  },
  visits: {
    tools: [
      'pecl',
      'docker-php-ext-install',
      'docker-php-ext-enable',
      'install-php-extensions',
      'apt-get',
      'apt',
      'apk',
    ],
  },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      if (!isInFinalImage(dockerfile, on) || command.isConditional) return;
      if (
        !/^(?:pecl|docker-php-ext-install|docker-php-ext-enable|install-php-extensions|apt-get|apt|apk)$/.test(
          command.name,
        )
      )
        return;
      const word = command.words.slice(1).find(({ value }) => /(?:^|-)xdebug(?:-|$)/.test(value));
      if (!word || /dev|test|debug/.test(on.stage?.name ?? '')) return;
      if (command.words[1]?.value === 'uninstall') return;
      report(word.span, 'shipped', { fix: { title: 'stage', safety: 'manual' } });
    },
  }),
});
