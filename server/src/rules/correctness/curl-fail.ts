import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'curl-fail',
    group: 'correctness',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: ['curlUseFlagF', 'DF035'],
    fixable: 'unsafe',
    messages: {
      missing: 'Without -f, curl saves an error page as the file',
      add: 'Add `-f`',
    },
    docs: {
      description: 'Let curl fail on server errors',
      rationale:
        'Without `-f`, curl succeeds even when the server answers with 404 or 500. The next command then unpacks, installs or runs the error page.',
      fixSafety: { unsafe: 'a build that ignored a server error now stops.' },
      bad: ['FROM debian:12\nRUN curl -o app.tgz https://example.com/app.tgz\n'],
      good: ['FROM debian:12\nRUN curl -f -o app.tgz https://example.com/app.tgz\n'],
      references: ['https://curl.se/docs/manpage.html#-f'],
    },
  },
  visits: { tools: ['curl'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command) {
      const [name] = command.words;
      if (!name || text.includes('curlrc')) return;
      const { has, operands } = readOptions(command);
      if (
        has(
          '-f',
          '--fail',
          '--fail-with-body',
          '--fail-early',
          '-I',
          '--head',
          '-w',
          '--write-out',
          '-V',
          '--version',
          '-K',
          '--config',
        )
      )
        return;
      const downloads = operands.some(({ value }) => !/^file:|localhost|127\.0\.0\.1/.test(value));
      // In a condition the exit code is evaluated or ignored on purpose.
      if (!downloads || command.isConditional) return;
      report(name.span, 'missing', { fix: { title: 'add', safety: 'unsafe', edits: [addOption(name, '-f')] } });
    },
  }),
});
