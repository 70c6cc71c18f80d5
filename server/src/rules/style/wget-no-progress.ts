import { baseFacts } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'wget-no-progress',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3047', 'DF056'],
    fixable: 'safe',
    messages: {
      missing: '`wget` logs a progress line for every 50 KB',
      add: 'Add --progress=dot:giga',
    },
    docs: {
      description: 'Limit the progress output of wget',
      rationale:
        'Without a terminal, wget prints a dot for every kilobyte. A large download then fills most of the build log.',
      fixSafety: { safe: 'the downloaded file is the same.', notes: 'Offered when wget is known to be GNU wget.' },
      bad: ['FROM debian:12\nRUN wget https://example.com/a.tgz\n'],
      good: [
        'FROM debian:12\nRUN wget --progress=dot:giga https://example.com/a.tgz\n',
        'FROM debian:12\nRUN wget -nv https://example.com/a.tgz\n',
      ],
      references: ['https://www.gnu.org/software/wget/manual/wget.html#index-progress-indicator'],
    },
  },
  visits: { tools: ['wget'] },
  create: ({ knowledge, settings, report }) => ({
    command(command, on) {
      const options = readOptions(command);
      if (options.operands.length === 0 && options.options.length === 0) return;
      if (
        options.has(
          '--progress',
          '--no-progress',
          '-q',
          '--quiet',
          '--no-verbose',
          '-o',
          '--output-file',
          '-a',
          '--append-output',
          '-nv',
        )
      )
        return;
      if (command.words.some(({ value }) => value === '-nv')) return;
      // BusyBox's wget has no such option. Whether another wget was installed is not certain.
      const distro = on.stage && baseFacts(on.stage, knowledge)?.distro;
      const [name] = command.words;
      const isBusyBox = distro === 'alpine' || distro === 'busybox';
      if (!name || (isBusyBox && settings.dialect !== 'hadolint')) return;
      const canFix = distro === 'debian' || distro === 'ubuntu' || distro === 'rhel';
      const edit = { span: { start: name.span.end, end: name.span.end }, newText: ' --progress=dot:giga' };
      report(name.span, 'missing', { fix: canFix ? { title: 'add', safety: 'safe', edits: [edit] } : undefined });
    },
  }),
});
