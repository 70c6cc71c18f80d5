import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'curl-follow-redirects',
    group: 'correctness',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: ['curlUseFlagL', 'tally:curl-should-follow-redirects'],
    fixable: 'unsafe',
    messages: {
      missing: 'Without -L, curl saves a redirect as an empty file',
      add: 'Add `-L`',
    },
    docs: {
      description: 'Let curl follow redirects',
      rationale:
        'Download URLs move. Without `-L`, curl succeeds and saves the short redirect response instead of the file.',
      fixSafety: { unsafe: 'the file can then come from any location that the server redirects to.' },
      bad: ['FROM debian:12\nRUN curl -fo app.tgz https://example.com/app.tgz\n'],
      good: ['FROM debian:12\nRUN curl -fL -o app.tgz https://example.com/app.tgz\n'],
      references: ['https://curl.se/docs/manpage.html#-L'],
    },
  },
  visits: { tools: ['curl'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command) {
      const [name] = command.words;
      if (!name || text.includes('curlrc')) return;
      const { has, option, operands } = readOptions(command);
      if (
        has(
          '-L',
          '--location',
          '--location-trusted',
          '-I',
          '--head',
          '-w',
          '--write-out',
          '-V',
          '--version',
          '-K',
          '--config',
          '--max-redirs',
        )
      )
        return;
      if (has('-d', '--data', '--data-raw', '--data-binary', '-T', '--upload-file', '-F', '--form', '--json')) return;
      const method = option('-X', '--request')?.value;
      const isDownload =
        operands.some(({ value }) => !/^file:|localhost|127\.0\.0\.1/.test(value)) && (method ?? 'GET') === 'GET';
      if (isDownload)
        report(name.span, 'missing', { fix: { title: 'add', safety: 'unsafe', edits: [addOption(name, '-L')] } });
    },
  }),
});
