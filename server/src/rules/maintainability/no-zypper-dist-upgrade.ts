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
      upgrade: '`{tool} {subcommand}` makes the image depend on the build date',
    },
    docs: {
      description: 'Get updates from the base image, not from zypper dist-upgrade',
      rationale:
        'What an upgrade changes depends on the build date, not on the file. A newer base image has the same fixes, in layers that all images built on it share. Off by default, because teams that build every night may want exactly this.',
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
