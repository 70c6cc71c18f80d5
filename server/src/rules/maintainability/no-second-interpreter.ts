import { packageName, systemInstall } from '../../commands/systemPackages';
import { imageName } from '../../dockerfile/imageName';
import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';
import { wordList } from '../../text/wordList';

export default defineRule({
  meta: {
    id: 'no-second-interpreter',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      second: '`{package}` is for another {language} than that of {image}',
      own: 'Install it with {tool}',
      has: 'Remove it: {image} has its own',
    },
    docs: {
      description: 'Install packages for the language of the image, not for that of the distribution',
      rationale:
        'The official images of Python, PHP, Ruby, Node.js, Go, Rust and Java bring the language themselves, most of them in `/usr/local`. Packages of the distribution bring a second interpreter of another version, and the first one cannot load them. In `php` images, apt even refuses to install packages of PHP.',
      fixSafety: { manual: 'the package may have another name and version there.' },
      bad: [
        'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3-numpy && rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM python:3.13-slim\nRUN pip install --no-cache-dir numpy==2.3.0\n',
        'FROM php:8.4-fpm\nRUN docker-php-ext-install pdo_mysql\n',
      ],
      references: [
        'https://github.com/docker-library/docs/tree/master/python',
        'https://github.com/docker-library/docs/tree/master/php#how-to-install-more-php-extensions',
      ],
    },
  },
  visits: { tools: ['apt-get', 'apt', 'apk'] },
  create: ({ report }) => ({
    command(command, on) {
      const base = on.stage && lineage(on.stage)[0]?.base;
      if (on.keyword !== 'RUN' || base?.kind !== 'image' || base.image.registry !== undefined) return;
      const { repository } = base.image;
      const language = Object.hasOwn(LANGUAGES, repository) ? LANGUAGES[repository] : undefined;
      const found =
        language && systemInstall(command)?.operands.find(({ value }) => language.packages.test(packageName(value)));
      if (!language || !found) return;
      report(found.span, 'second', {
        data: {
          package: packageName(found.value),
          language: language.name,
          image: imageName(base.image),
          tool: language.tool,
        },
        fix: { title: IN_IMAGE.test(found.value) ? 'has' : 'own', safety: 'manual' },
      });
    },
  }),
});

const JAVA = /^(?:default-j(?:re|dk)|openjdk-?\d+-j(?:re|dk))(?:-headless)?$/;

/** Packages that language images already contain: headers, installers, the interpreter. */
const IN_IMAGE = anyOf(
  /^(?:python3?|php[\d.]*|ruby[\d.]*|nodejs|npm|bundler|go|cargo)$/,
  /^(?:golang|rust|default-j|openjdk)/,
  /-(?:dev|pip|venv|distutils|full|bundler|cli|fpm|common)$/,
);

/** Packages that only the distribution's own interpreter uses. Programs that merely depend on one are left out. */
const LANGUAGES: Readonly<Record<string, { name: string; tool: string; packages: RegExp }>> = {
  python: {
    name: 'Python',
    tool: '`pip`',
    packages: wordList`
  python3?
  python3?-(?:pip|dev|setuptools|wheel|venv|numpy|scipy|pandas|matplotlib|requests|yaml|pil|opencv|virtualenv|distutils|lxml|psycopg2|mysqldb|cryptography|cffi)
  py3-(?!pybind)[\w-]+
`,
  },
  php: {
    name: 'PHP',
    tool: '`docker-php-ext-install` or `pecl`',
    packages: wordList`
  php[\d.]*
  php[\d.]*-(?:cli|fpm|common|dev|mysql|pgsql|sqlite3|pdo|pdo_mysql|ldap|redis|memcached|apcu|opcache|session)
  php[\d.]*-(?:curl|soap|mbstring|intl|bcmath|gd|imagick|xdebug|xml|dom|simplexml|json|tokenizer|ctype|zip)
`,
  },
  node: { name: 'Node.js', tool: '`npm`', packages: /^(?:nodejs(?:-current|-lts)?|npm)$/ },
  golang: { name: 'Go', tool: '`go install`', packages: /^(?:golang(?:-go|-\d[\d.]*(?:-go)?)?|go)$/ },
  rust: { name: 'Rust', tool: '`rustup`', packages: /^(?:rustc|cargo|rust-all|rustup)$/ },
  'eclipse-temurin': { name: 'Java', tool: '`jlink`', packages: JAVA },
  amazoncorretto: { name: 'Java', tool: '`jlink`', packages: JAVA },
  maven: { name: 'Java', tool: '`jlink`', packages: JAVA },
  gradle: { name: 'Java', tool: '`jlink`', packages: JAVA },
  ruby: { name: 'Ruby', tool: '`gem`', packages: /^(?:ruby(?:-dev|-full|-bundler)?|ruby\d\.\d(?:-dev)?|bundler)$/ },
};
