import { fullUpgrade } from '../../commands/systemPackages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-zypper-dist-upgrade',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3035', 'DF044', 'semgrep:avoid-zypper-update'],
    messages: {
      upgrade: '`{tool} {subcommand}` makes another image every day',
    },
    docs: {
      description: 'Take updates from the base image, not with zypper dist-upgrade',
      rationale:
        'What an upgrade changes depends on the day of the build, not on the file. A new base image has the same fixes, in layers that all its images share. Off by default: teams that build every night may want just this.',
      bad: ['FROM opensuse/leap:15.6\nRUN zypper dist-upgrade\n'],
      good: ['FROM opensuse/leap:15.6\nRUN date\n'],
      references: ['https://en.opensuse.org/SDB:Zypper_manual'],
    },
  },
  visits: { tools: ['zypper'] },
  create: ({ report }) => ({
    command(command) {
      const call = fullUpgrade(command, ['zypper'], ['dist-upgrade', 'dup', 'update', 'up']);
      if (call)
        report(call.subcommand.span, 'upgrade', { data: { tool: call.tool, subcommand: call.subcommand.value } });
    },
  }),
});
