import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'gpg-batch',
    group: 'correctness',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['gpgUseBatchFlag'],
    fixable: 'safe',
    messages: {
      missing: '`gpg` may prompt, and a build has no terminal',
      add: 'Add `--batch`',
    },
    docs: {
      description: 'Run gpg with --batch',
      rationale:
        'gpg is interactive by default, and a build cannot answer its prompts. With `--batch`, gpg never prompts and fails with a clear message instead.',
      fixSafety: { safe: 'a build has no terminal, so a prompt of gpg fails anyway.' },
      bad: ['FROM debian:12\nRUN gpg --verify app.asc app\n'],
      good: ['FROM debian:12\nRUN gpg --batch --verify app.asc app\n'],
      references: ['https://www.gnupg.org/documentation/manuals/gnupg/Unattended-Usage-of-GPG.html'],
    },
  },
  visits: { tools: ['gpg', 'gpg2'] },
  create: ({ report }) => ({
    command(command) {
      const [name] = command.words;
      if (!name) return;
      if (command.words.some(({ value }) => /^--(?:batch|no-tty|yes|version|help)$/.test(value))) return;
      // The prompts are already answered.
      if (command.pipeline.index > 0 && command.words.some(({ value }) => value.startsWith('--command-fd'))) return;
      report(name.span, 'missing', { fix: { title: 'add', safety: 'safe', edits: [addOption(name, '--batch')] } });
    },
  }),
});
