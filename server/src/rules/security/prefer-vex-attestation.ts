import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-vex-attestation',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:prefer-vex-attestation'],
    messages: {
      copied: 'Scanners do not read `{file}` from inside the image',
    },
    docs: {
      description: 'Attach VEX documents to the image',
      rationale:
        'A VEX document lists reported vulnerabilities that do not affect the image. Scanners look for it in the attestations of an image, not in its files, and you can attach a new one without rebuilding the image.',
      bad: ['FROM debian:12\nCOPY app.vex.json /\n'],
      good: ['FROM debian:12\nCOPY app /\n'],
      references: ['https://docs.docker.com/scout/how-tos/create-exceptions-vex/'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const { value, span } of node.args.slice(0, -1))
        if (/\.(?:open)?vex\.json$/i.test(value)) report(span, 'copied', { data: { file: value } });
    },
  }),
});
