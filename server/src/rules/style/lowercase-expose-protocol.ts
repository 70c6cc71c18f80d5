import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'lowercase-expose-protocol',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['ExposeProtoCasing', 'dockerfile-utils:INVALID_PROTO'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      casing: 'Protocol `{protocol}` is not in lower case',
      lower: 'Write it in lower case',
    },
    docs: {
      description: 'Write protocols in EXPOSE in lower case',
      rationale: 'Docker stores `tcp`, `udp` and `sctp` in lower case, and people search for them in lower case.',
      fixSafety: { safe: 'Docker itself stores it in lower case.' },
      bad: ['FROM debian:12\nEXPOSE 80/TCP\n'],
      good: ['FROM debian:12\nEXPOSE 80/tcp\n'],
      references: ['https://docs.docker.com/reference/build-checks/expose-proto-casing/'],
    },
  },
  visits: { keywords: ['EXPOSE'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const word of node.args) {
        const protocol = /\/(tcp|udp|sctp)$/i.exec(word.text)?.[1];
        if (protocol === undefined || protocol === protocol.toLowerCase()) continue;
        const span = { start: word.span.end - protocol.length, end: word.span.end };
        report(span, 'casing', {
          data: { protocol },
          fix: { title: 'lower', safety: 'safe', edits: [{ span, newText: protocol.toLowerCase() }] },
        });
      }
    },
  }),
});
