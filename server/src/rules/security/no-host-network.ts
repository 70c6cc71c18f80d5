import { defineRule } from '../../engine/rule';
import { blanksAfter } from '../../text/blanks';

export default defineRule({
  meta: {
    id: 'no-host-network',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S6431'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      host: 'RUN uses the host network',
      remove: 'Remove --network=host',
    },
    docs: {
      description: 'Do not run build steps on the host network',
      rationale:
        'With `--network=host`, a step can reach every service on the build host. The build also needs an entitlement that few builders grant.',
      fixSafety: { unsafe: 'the step may need a service on the host.' },
      bad: ['FROM debian:12\nRUN --network=host make\n'],
      good: ['FROM debian:12\nRUN make\n', 'FROM debian:12\nRUN --network=none make\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#run---network'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!text.slice(node.span.start, node.span.end).includes('--network')) return;
      for (const flag of node.flags) {
        if (flag.name !== 'network' || node.expand(flag.value ?? '') !== 'host') continue;
        const span = { start: flag.span.start, end: flag.span.end + blanksAfter(text, flag.span.end) };
        report(flag.span, 'host', { fix: { title: 'remove', safety: 'unsafe', edits: [{ span, newText: '' }] } });
      }
    },
  }),
});
