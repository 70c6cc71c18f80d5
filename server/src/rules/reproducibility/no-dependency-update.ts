import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';

/** By package manager: the subcommands that choose new versions, and what installs those of the lock file. */
const UPDATES: Readonly<Record<string, { readonly subcommands: RegExp; readonly install: string }>> = {
  bun: { subcommands: /^update$/, install: 'bun install --frozen-lockfile' },
  bundle: { subcommands: /^update$/, install: 'bundle install' },
  cargo: { subcommands: /^update$/, install: 'cargo build --locked' },
  composer: { subcommands: /^(?:update|u|upgrade)$/, install: 'composer install' },
  mix: { subcommands: /^deps\.update$/, install: 'mix deps.get' },
  npm: { subcommands: /^(?:update|up|upgrade)$/, install: 'npm ci' },
  pdm: { subcommands: /^update$/, install: 'pdm sync' },
  pipenv: { subcommands: /^(?:update|lock)$/, install: 'pipenv sync' },
  pnpm: { subcommands: /^(?:update|up|upgrade)$/, install: 'pnpm install --frozen-lockfile' },
  poetry: { subcommands: /^update$/, install: 'poetry install' },
  yarn: { subcommands: /^(?:upgrade|up)$/, install: 'yarn install --frozen-lockfile' },
};

export default defineRule({
  meta: {
    id: 'no-dependency-update',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      updates: '`{command}` installs other versions than those in the lock file',
      install: 'Update the lock file in the project, and write `{install}` here',
    },
    docs: {
      description: 'Update dependencies in the project, not in the build',
      rationale:
        'An update in RUN takes the newest versions at build time. The image then contains versions that nobody has tested, two builds of the same sources differ, and the build cache keeps the versions of the first one.',
      fixSafety: { manual: 'the image then contains the versions of the lock file.' },
      bad: ['FROM composer:2\nCOPY . .\nRUN composer update\n', 'FROM ruby:3.4\nCOPY . .\nRUN bundle update\n'],
      good: ['FROM composer:2\nCOPY . .\nRUN composer install\n', 'FROM node:24\nRUN npm update --global npm\n'],
      references: ['https://getcomposer.org/doc/01-basic-usage.md#installing-from-composer-lock'],
    },
  },
  visits: { tools: Object.keys(UPDATES) },
  create: ({ report }) => ({
    command(command, on) {
      const call = on.keyword === 'RUN' ? packageCommand(command, Object.keys(UPDATES)) : undefined;
      const update = call && UPDATES[call.tool];
      if (!call?.subcommand || !update?.subcommands.test(call.subcommand.value)) return;
      // Programs of the image, or only the lock file's own format.
      if (call.has('-g', '--global', '--lock', '--bundler', '--self', '--dry-run', '--help', '-h')) return;
      const shown = { command: `${call.tool} ${call.subcommand.value}`, install: update.install };
      report(command.span, 'updates', { data: shown, fix: { title: 'install', data: shown, safety: 'manual' } });
    },
  }),
});
