import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'useradd-no-log-init',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3046', 'DF064'],
    fixable: 'safe',
    messages: {
      missing: '`useradd` with a high user ID needs --no-log-init',
      add: 'Add --no-log-init',
    },
    docs: {
      description: 'Create users with high IDs with --no-log-init',
      rationale:
        'useradd adds an entry for the new ID to `/var/log/faillog` and `/var/log/lastlog`. These sparse files grow with the ID. Layers do not store sparse files efficiently, so a layer can take gigabytes.',
      fixSafety: { safe: 'only these two log files are shorter, and nothing reads them in an image.' },
      bad: ['FROM debian:12\nRUN useradd -u 1000000 app\n'],
      good: ['FROM debian:12\nRUN useradd --no-log-init -u 1000000 app\n', 'FROM debian:12\nRUN useradd -u 1000 app\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  visits: { tools: ['useradd'] },
  create: ({ report }) => ({
    command(command) {
      const options = readOptions(command);
      const uid = options.option('-u', '--uid')?.value;
      // Ids with up to five digits are small enough.
      if (uid === undefined || !/^\d{6,}$/.test(uid) || options.has('-l', '--no-log-init')) return;
      const [name] = command.words;
      if (!name) return;
      report(name.span, 'missing', {
        fix: {
          title: 'add',
          safety: 'safe',
          edits: [{ span: { start: name.span.end, end: name.span.end }, newText: ' --no-log-init' }],
        },
      });
    },
  }),
});
