import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const COMPOSER = 'COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\n';
const PLAIN = { 'composer.json': '{"require": {}}', 'public/index.php': '<?php' };
const LARAVEL = {
  ...PLAIN,
  'composer.json': '{"scripts": {"post-autoload-dump": ["@php artisan package:discover"]}}',
  'package.json': '{}',
  artisan: '<?php',
};

function halves(dockerfile: string, files: Record<string, string> = LARAVEL): readonly [string, string] {
  const [builder = '', final = ''] = planFor(dockerfile, files).after.split('# Final stage');
  return [builder, final];
}

describe('PHP', () => {
  it('compiles extensions in the build stage, and takes the libraries behind their headers along', () => {
    const [builder, final] = halves(
      `FROM php:8.2-fpm-bookworm\nRUN apt-get update && apt-get install -y git unzip libzip-dev libpng-dev && docker-php-ext-install zip gd\n${COMPOSER}WORKDIR /var/www/html\nCOPY . .\nRUN composer install --no-dev\n`,
      PLAIN,
    );
    expect(builder).toContain('docker-php-ext-install zip gd');
    expect(final).toContain('--no-install-recommends libpng16-16 libzip4 \\\n');
    expect(final).toContain(
      'COPY --from=build /usr/local/lib/php/extensions /usr/local/lib/php/extensions\nCOPY --from=build /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d\n',
    );
    expect(final).toContain('COPY . .\nCOPY --from=build /var/www/html/vendor /var/www/html/vendor\n');
    expect(final).not.toMatch(/git|unzip|composer:2/);
  });

  it('knows what the image puts into PHPIZE_DEPS', () => {
    const alpine = `FROM php:8.3-fpm-alpine\nRUN apk add --no-cache --virtual .build $PHPIZE_DEPS libzip-dev && apk add --no-cache libzip && docker-php-ext-install zip && pecl install redis && docker-php-ext-enable redis && apk del .build\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n`;
    const [builder, final] = halves(alpine, PLAIN);
    expect(builder).toContain('--virtual .build $PHPIZE_DEPS libzip-dev');
    expect(final).toContain('RUN apk add --no-cache libgcc libstdc++ libzip\n');
    const debian = `FROM php:8.3-fpm-bookworm\nRUN apt-get update && apt-get install -y \${PHPIZE_DEPS} libzip-dev && docker-php-ext-install zip\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n`;
    expect(halves(debian, PLAIN)[1]).toMatch(/--no-install-recommends libzip4 /);
    expect(guardOf(planFor(alpine.replace('PHPIZE_DEPS', 'MORE'), PLAIN), 'multi-stage')).toBe(
      'a variable names a package to install',
    );
  });

  it('keeps what a RUN writes outside of the copied program', () => {
    const [, final] = halves(
      `FROM php:8.2-cli-bookworm\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN echo "memory_limit=512M" > /usr/local/etc/php/conf.d/memory.ini\nRUN echo built > /app/built.txt\nRUN composer install --no-dev && npm ci\nCMD ["php", "artisan", "serve"]\n`,
    );
    expect(final).toContain('> /usr/local/etc/php/conf.d/memory.ini');
    expect(final).not.toContain('built.txt');
  });

  it('copies composer.json once, with the sources', () => {
    const [builder, final] = halves(
      `FROM php:8.2-cli-bookworm\nRUN apt-get update && apt-get install -y git unzip libzip-dev && docker-php-ext-install zip\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN composer install\nCMD ["php", "-S", "0.0.0.0:80", "-t", "public"]\n`,
      PLAIN,
    );
    expect(builder).toContain('COPY composer.json .\n');
    expect(final).toContain('COPY . .\n');
    expect(final).not.toContain('composer.json');
  });

  it("takes the program's whole folder where Composer runs scripts or Node.js makes pages", () => {
    const [builder, final] = halves(
      `FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y unzip nodejs npm\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN composer install\nRUN cp .env.example .env && npm ci && npm run build && php artisan storage:link\nRUN chown -R www-data:www-data storage\nCMD ["php-fpm"]\n`,
    );
    expect(builder).toContain('RUN rm -rf /app/node_modules\n');
    expect(final).toContain('COPY --from=build /app /app\n');
    expect(final).toContain('chown -R www-data:www-data storage');
    expect(final).not.toMatch(/nodejs|npm|COPY \. |\.env|storage:link/);
  });

  it('runs what sets up the server in the final stage as well', () => {
    const [, final] = halves(
      `FROM php:8.2-apache\nRUN apt-get update && apt-get install -y libpq-dev && docker-php-ext-install pdo_pgsql && a2enmod rewrite\nCOPY site.conf /etc/apache2/sites-available/000-default.conf\n${COMPOSER}WORKDIR /var/www/html\nCOPY . .\nRUN composer install\n`,
      { ...LARAVEL, 'site.conf': '' },
    );
    expect(final).toContain('RUN a2enmod rewrite\n');
    expect(final).toContain('COPY site.conf /etc/apache2/sites-available/000-default.conf\n');
  });

  it.each([
    'RUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer\nCOPY . .\nRUN composer install\n',
    "RUN php -r \"copy('https://getcomposer.org/installer', 'composer-setup.php');\" && php composer-setup.php && mv composer.phar /usr/local/bin/composer\nCOPY . .\nRUN composer install\n",
    'RUN curl -sS https://getcomposer.org/installer | php\nCOPY . .\nRUN php composer.phar install\n',
  ])('leaves Composer behind that an installer brings', (runs) => {
    const [, final] = halves(
      `FROM php:8.2-cli\nWORKDIR /app\nRUN apt-get update && apt-get install -y git unzip\n${runs}CMD ["php", "public/index.php"]\n`,
      PLAIN,
    );
    expect(final).toContain('COPY --from=build /app/vendor /app/vendor\n');
    expect(final).not.toMatch(/getcomposer|composer\.phar|git/);
  });

  it('leaves the headers of Alpine behind', () => {
    const [, final] = halves(
      `FROM php:8.2-fpm-alpine\nRUN apk add --no-cache git icu-dev\nRUN docker-php-ext-install intl\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN composer install\n`,
      PLAIN,
    );
    expect(final).toContain('RUN apk add --no-cache icu-libs\n');
  });

  it.each([
    [
      'an image for mounted sources',
      'RUN docker-php-ext-install pdo\n',
      PLAIN,
      'no sources are copied: the image may be meant for development inside the container',
    ],
    [
      'a start that installs',
      'COPY . .\nRUN docker-php-ext-install pdo\nENTRYPOINT ["sh", "start.sh"]\n',
      { ...PLAIN, 'start.sh': 'composer install\nphp-fpm\n' },
      'start.sh calls `composer` when the container starts: install the packages in a RUN',
    ],
    [
      'a start that runs Node.js',
      `${COMPOSER}COPY . .\nRUN composer install && npm install\nCMD npm run dev & php artisan serve\n`,
      LARAVEL,
      'CMD starts both Node.js and PHP',
    ],
    [
      'programs of Composer for all projects',
      `${COMPOSER}COPY . .\nRUN composer install && composer global require x/y\n`,
      PLAIN,
      "`composer global` installs programs in root's home directory: require them in composer.json",
    ],
  ])('leaves %s alone', (_, rest, files, guard) => {
    const plan = planFor(
      `FROM php:8.2-cli\nWORKDIR /app\nRUN apt-get update && apt-get install -y git\n${rest}`,
      files,
    );
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('leaves Composer where somebody calls it in the container', () => {
    const dockerfile =
      'FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y libzip-dev unzip && docker-php-ext-install zip\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nWORKDIR /var/www/html\nCOPY . .\n';
    expect(guardOf(planFor(dockerfile, { 'composer.json': '{}', 'index.php': '' }), 'multi-stage')).toBe(
      '`composer` is copied into the image, but no RUN calls it: install the packages during the build',
    );
  });

  it.each([
    [
      'Composer that a script installs',
      'RUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer\nCOPY . .\n',
      '`composer` is copied into the image, but no RUN calls it: install the packages during the build',
    ],
    [
      'settings without a program',
      'COPY supervisord.conf /etc/supervisord.conf\n',
      'no sources are copied: the image may be meant for development inside the container',
    ],
  ])('leaves %s alone: the sources may be mounted', (_, rest, guard) => {
    const dockerfile = `FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y git libzip-dev && docker-php-ext-install zip\nWORKDIR /app\n${rest}`;
    const plan = planFor(dockerfile, { 'supervisord.conf': '', 'index.php': '', 'composer.json': '{}' });
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
    expect(plan.after).toContain('git libzip-dev');
  });

  it('takes the packages alone where scripts are left out', () => {
    const after = planFor(
      `FROM php:8.4-cli-bookworm\nRUN apt-get update && apt-get install -y git unzip libzip-dev && docker-php-ext-install zip\n${COMPOSER}WORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-scripts\nCOPY . .\nCMD ["php", "-S", "0.0.0.0:8000", "-t", "public"]\n`,
      {
        'composer.json': '{"scripts": {"post-install-cmd": "@auto-scripts"}}',
        'composer.lock': '{}',
        'public/index.php': '',
      },
    ).after;
    expect(after).toContain('COPY --from=build /app/vendor /app/vendor\n');
  });

  it("does not install Debian's PHP beside that of the image", () => {
    const after = planFor(
      'FROM php:8.2-fpm-bookworm\nRUN apt-get update && apt-get install -y composer\nWORKDIR /app\nCOPY . .\nRUN composer install\nCMD ["php-fpm"]\n',
      { 'composer.json': '{}', 'index.php': '' },
    ).after;
    expect(after).toContain('AS build');
    expect(after).not.toContain('php-cli');
  });

  it('knows Composer that PHP is given by its path', () => {
    const after = planFor(
      `FROM php:8.3-fpm-bookworm\nRUN apt-get update && apt-get install -y git unzip\n${COMPOSER}WORKDIR /app\nCOPY . .\nRUN php -d memory_limit=-1 /usr/bin/composer install --no-dev\nCMD ["php-fpm"]\n`,
      { 'composer.json': '{}', 'index.php': '' },
    ).after;
    expect(after).toContain('COPY --from=build /app/vendor /app/vendor\n');
  });

  it("leaves Symfony's command in the build stage, unless its server is started", () => {
    const text = `FROM php:8.3-fpm-bookworm\nRUN apt-get update && apt-get install -y git libicu-dev && docker-php-ext-install intl\n${COMPOSER}RUN curl -sS https://get.symfony.com/cli/installer | bash && mv /root/.symfony*/bin/symfony /usr/local/bin/symfony\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n`;
    const [builder, final] = halves(text, PLAIN);
    expect(builder).toContain('get.symfony.com');
    expect(final).toContain('COPY --from=build /app/vendor /app/vendor\n');
    expect(final).not.toContain('symfony');
    const started = `${text}CMD ["symfony", "server:start", "--no-tls"]\n`;
    expect(guardOf(planFor(started, PLAIN), 'multi-stage')).toBe(
      '`symfony server:start` starts a development server, which needs all sources and packages',
    );
  });

  it('takes the whole folder where the scripts of an install run by themselves', () => {
    const [builder, final] = halves(
      `FROM php:8.3-fpm-bookworm\nRUN apt-get update && apt-get install -y git libicu-dev && docker-php-ext-install intl\n${COMPOSER}WORKDIR /app\nCOPY composer.json .\nRUN composer install --no-scripts\nCOPY . .\nRUN composer run-script post-install-cmd || true\n`,
      { ...PLAIN, 'composer.json': '{"scripts": {"post-install-cmd": ["@php a.php"]}}' },
    );
    expect(builder).toContain('RUN composer run-script post-install-cmd || true\n');
    expect(final).toContain('COPY --from=build /app /app\n');
  });
});
