import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-add-checksum',
    group: 'security',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    messages: {
      unchecked: '`{url}` is not verified against a checksum',
    },
    docs: {
      description: 'Verify what ADD downloads',
      rationale:
        'With `--checksum`, Docker verifies the download. Off by default, because you need to know the checksum.',
      bad: ['FROM debian:12\nADD https://example.com/app.tgz /\n'],
      good: [
        'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/app.tgz /\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
    },
  },
  visits: { keywords: ['ADD'] },
  create: ({ report }) => ({
    instruction(node) {
      if (node.flags.some(({ name }) => name === 'checksum')) return;
      for (const { value, span } of node.args.slice(0, -1)) {
        // For a Git repository the commit serves as the checksum.
        // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
        if (/^https?:\/\//i.test(value) && !/\.git(?:[?#].*)?$/.test(value))
          report(span, 'unchecked', { data: { url: value } });
      }
    },
  }),
});
