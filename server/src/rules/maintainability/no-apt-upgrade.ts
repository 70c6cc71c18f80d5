import { fullUpgrade } from '../../commands/systemPackages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-apt-upgrade',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DS-0024', 'DS024', 'AVD-DS-0024', 'semgrep:avoid-apt-get-upgrade'],
    messages: {
      upgrade: '`{tool} {subcommand}` makes the image depend on the build date',
    },
    docs: {
      description: 'Get updates from the base image, not from apt-get upgrade',
      rationale:
        'What an upgrade changes depends on the build date, not on the file. A newer base image has the same fixes, in layers that all images built on it share. Off by default, because teams that build every night may want exactly this.',
      bad: ['FROM debian:12\nRUN apt-get upgrade\n'],
      good: ['FROM debian:12\nRUN date\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: ['apt-get', 'apt'] },
  create: ({ report }) => ({
    command(command) {
      const call = fullUpgrade(command, ['apt-get', 'apt'], ['upgrade', 'dist-upgrade', 'full-upgrade']);
      if (call)
        report(call.subcommand.span, 'upgrade', { data: { tool: call.tool, subcommand: call.subcommand.value } });
    },
  }),
});
