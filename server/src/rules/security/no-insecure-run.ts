import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-insecure-run',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S6502', 'semgrep:run-security-insecure'],
    fixable: 'manual',
    messages: {
      insecure: 'RUN --security=insecure gives the step full control of the build host',
      remove: 'Remove the flag, or run the step outside of the build',
    },
    advice: { insecure: 'remove' },
    docs: {
      description: 'Do not run build steps without a sandbox',
      rationale:
        '`--security=insecure` gives the step the privileges of `docker run --privileged`: the code that it downloads and runs can take over the build host.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['# syntax=docker/dockerfile:1-labs\nFROM debian:12\nRUN --security=insecure mount\n'],
      good: ['FROM debian:12\nRUN mount\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#run---security'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!text.slice(node.span.start, node.span.end).includes('--security')) return;
      for (const flag of node.flags)
        if (flag.name === 'security' && flag.value === 'insecure') report(flag.span, 'insecure');
    },
  }),
});
