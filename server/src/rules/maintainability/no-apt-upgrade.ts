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
      upgrade: '`{tool} {subcommand}` makes another image every day',
    },
    docs: {
      description: 'Take updates from the base image, not with apt-get upgrade',
      rationale:
        'What an upgrade changes depends on the day of the build, not on the file. A new base image has the same fixes, in layers that all its images share. Off by default: teams that build every night may want just this.',
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
