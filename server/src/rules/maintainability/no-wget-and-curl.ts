import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'no-wget-and-curl',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL4001',
      'DS-0014',
      'DS014',
      'AVD-DS-0014',
      'DF058',
      'kics:run_using_wget_and_curl',
      'semgrep:use-either-wget-or-curl',
    ],
    fixable: 'manual',
    messages: {
      both: '`{command}` in addition to `{other}`: one of them is enough',
      other: 'The other one',
      choose: 'Use `{other}` for all downloads, and install only that',
    },
    docs: {
      description: 'Download with either curl or wget, not with both',
      rationale: 'Both do the same. With only one of them, there is one package less to install and to update.',
      fixSafety: { manual: 'their options differ in meaning.' },
      bad: ['FROM debian:12\nRUN wget https://example.com/a\nRUN curl -O https://example.com/b\n'],
      good: ['FROM debian:12\nRUN curl -O https://example.com/a -O https://example.com/b\n'],
      references: ['https://docs.docker.com/build/building/best-practices/'],
    },
  },
  visits: { tools: ['curl', 'wget'] },
  create: ({ report }) => {
    const first = new Map<Stage, ShellCommand>();
    const told = new Set<Instruction>();
    return {
      command(command, on) {
        const isDownload = (command.name === 'curl' || command.name === 'wget') && command.words.length > 1;
        if (!isDownload || !on.stage || told.has(on)) return;
        const other = first.get(on.stage);
        if (!other) first.set(on.stage, command);
        if (!other || other.name === command.name) return;
        told.add(on);
        report(command.words[0]?.span ?? command.span, 'both', {
          data: { command: command.name, other: other.name },
          related: [{ messageId: 'other', span: other.span }],
          fix: { title: 'choose', safety: 'manual' },
        });
      },
    };
  },
});
