import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'rails-production',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.2.0',
    aliases: ['tally:ruby/asset-precompile-without-dummy-key', 'tally:ruby/prefer-bootsnap-precompile'],
    messages: {
      key: 'The assets are compiled with the real secret key, or not at all',
    },
    docs: {
      description: 'Compile assets without the secret key',
      rationale:
        '`assets:precompile` loads the whole application and asks for its key. `SECRET_KEY_BASE_DUMMY=1` gives it one that is good for nothing else.',
      bad: ['FROM ruby:3.3\nRUN bin/rails assets:precompile\n'],
      good: ['FROM ruby:3.3\nRUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile\n'],
      references: ['https://guides.rubyonrails.org/configuring.html'],
    },
  },
  visits: { tools: ['rails', 'rake', 'bundle'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command) {
      if (!/^(?:rails|rake|bundle)$/.test(command.name)) return;
      const task = command.words.find(({ value }) => value === 'assets:precompile');
      if (task && !/SECRET_KEY_BASE/.test(text)) report(task.span, 'key');
    },
  }),
});
