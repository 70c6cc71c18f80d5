import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-run-heredoc',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:prefer-run-heredoc'],
    messages: {
      chain: '{count} commands in one chain: a heredoc is easier to read',
    },
    docs: {
      description: 'Write long scripts as heredocs',
      rationale:
        'A heredoc needs neither `&&` nor `\\` at the end of lines, and can contain comments. It needs BuildKit, and `set -e` at the start.',
      bad: ['FROM debian:12\nRUN a && b && c && d && e && f && g && h && i\n'],
      good: ['FROM debian:12\nRUN <<EOF\nset -e\na\nb\nEOF\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ report }) => ({
    instruction(node) {
      if (node.form !== 'shell') return;
      const count = node.script?.chain.items.length ?? 0;
      if (count > MAX_COMMANDS) report(node.keywordSpan, 'chain', { data: { count } });
    },
  }),
});

const MAX_COMMANDS = 8;
