import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-invalid-port',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3011',
      'DS-0008',
      'DS008',
      'AVD-DS-0008',
      'DF040',
      'kics:unix_ports_out_of_range',
      'semgrep:invalid-port',
      'dockerfile-utils:INVALID_PORT',
    ],
    messages: {
      range: 'Port `{port}` does not exist: they end at 65535',
    },
    docs: {
      description: 'Expose ports between 0 and 65535',
      rationale: 'A port number has 16 bits. Docker refuses a larger one, or takes it for another.',
      bad: ['FROM debian:12\nEXPOSE 80000\n'],
      good: ['FROM debian:12\nEXPOSE 8080 9000-9010/udp\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
  },
  visits: { keywords: ['EXPOSE'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const word of node.args) {
        const numbers = /^(?:.*:)?(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(node.expand(word.text) ?? '')?.slice(1, 3) ?? [];
        const port = numbers.find((number) => number !== undefined && Number(number) > 65535);
        if (port !== undefined) report(word.span, 'range', { data: { port } });
      }
    },
  }),
});
