import { packageCommand } from '../../commands/packageCommand';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'bundle-deployment',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: [
      'tally:ruby/missing-bundle-deployment',
      'tally:ruby/missing-bundle-without-development',
      'tally:ruby/leftover-bundler-cache',
      'tally:ruby/redundant-bundler-install',
      'tally:ruby/deprecated-bundler-install-flags',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      dev: '`bundle install` also installs the development and test groups',
      set: 'Set `BUNDLE_DEPLOYMENT` and `BUNDLE_WITHOUT` above',
    },
    docs: {
      description: 'Install only production gems',
      rationale:
        'By default, Bundler installs every group of the Gemfile, and changes Gemfile.lock if it does not match.',
      fixSafety: {
        unsafe: 'the settings also apply in the running container, and the step fails if Gemfile.lock does not match.',
      },
      bad: ['FROM ruby:3.3\nRUN bundle install\n'],
      good: ['FROM ruby:3.3\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test\nRUN bundle install\n'],
      references: ['https://bundler.io/man/bundle-config.1.html'],
    },
  },
  visits: { tools: ['bundle'] },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['bundle'], on);
      if (!call || !/^(?:install|)$/.test(call.subcommand?.value ?? '') || call.operands.length > 0) return;
      if (call.has('--without', '--deployment', '--version', '--frozen', '-v')) return;
      if (/BUNDLE_(?:WITHOUT|DEPLOYMENT|ONLY|FROZEN)|bundle config/.test(dockerfile.text) || !on.stage?.isFinal) return;
      const at = on.span.start;
      report(command.span, 'dev', {
        fix: on.onbuild
          ? undefined
          : {
              title: 'set',
              safety: 'unsafe',
              edits: [
                {
                  span: { start: at, end: at },
                  newText: `ENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test${lineEndOf(dockerfile)}`,
                },
              ],
            },
      });
    },
  }),
});
