import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'php-opcache',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:php/enable-opcache-in-production'],
    messages: {
      missing: 'PHP recompiles every file on each request',
    },
    docs: {
      description: 'Enable the PHP OPcache',
      rationale:
        'The official PHP images include OPcache but do not enable it. Without it, PHP reads and compiles the program again for each request.',
      bad: ['FROM php:8.3-fpm\nCOPY . /var/www/html\n'],
      good: ['FROM php:8.3-fpm\nRUN docker-php-ext-install opcache\nCOPY . /var/www/html\n'],
      references: ['https://www.php.net/manual/en/book.opcache.php'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage(stage) {
      if (!stage.isFinal || stage.base.kind !== 'image' || text.includes('opcache')) return;
      const { repository, tag = '', span } = stage.base.image;
      // A command-line program has no second request that a cache could speed up.
      if (repository === 'php' && /fpm|apache/.test(tag)) report(span, 'missing');
    },
  }),
});
