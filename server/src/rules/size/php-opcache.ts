import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'php-opcache',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:php/enable-opcache'],
    messages: {
      missing: 'PHP compiles every file anew at each request',
    },
    docs: {
      description: 'Enable the opcode cache of PHP',
      rationale:
        'The official images of PHP have OPcache, but not switched on: without it each request reads and compiles the program again.',
      bad: ['FROM php:8.3-fpm\nCOPY . /var/www/html\n'],
      good: ['FROM php:8.3-fpm\nRUN docker-php-ext-install opcache\nCOPY . /var/www/html\n'],
      references: ['https://www.php.net/manual/en/book.opcache.php'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage(stage) {
      if (!stage.isFinal || stage.base.kind !== 'image' || text.includes('opcache')) return;
      const { repository, tag = '', span } = stage.base.image;
      // The command line has no second request.
      if (repository === 'php' && /fpm|apache/.test(tag)) report(span, 'missing');
    },
  }),
});
