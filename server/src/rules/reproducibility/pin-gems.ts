import type { PackageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-gems',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3028', 'DF053', 'kics:gem_install_without_version'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `name:version`',
    },
    docs: {
      description: 'Pin the version of every gem that gem install installs',
      rationale: 'RubyGems keeps every version, so a pin keeps working.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM ruby:3.3-slim\nRUN gem install rails\n'],
      good: [
        'FROM ruby:3.3-slim\nRUN gem install rails:7.1.3\n',
        'FROM ruby:3.3-slim\nRUN gem install rails -v 7.1.3\n',
      ],
      references: ['https://guides.rubygems.org/command-reference/#gem-install'],
    },
  },
  visits: { tools: ['gem'] },
  create: ({ report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['gem'],
  subcommands: ['install', 'i'],
  /** `name:1.2`, or `-v 1.2`, which gem takes for a single gem only. */
  isPinned: (name: string, call: PackageCommand) =>
    name.includes(':') || (call.has('-v', '--version') && call.operands.length === 1),
};
