import { fullUpgrade } from '../../commands/systemPackages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-apk-upgrade',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['semgrep:avoid-apk-upgrade'],
    messages: {
      upgrade: '`{tool} {subcommand}` makes the image depend on the build date',
    },
    docs: {
      description: 'Get updates from the base image, not from apk upgrade',
      rationale:
        'What an upgrade changes depends on the build date, not on the file. A newer base image has the same fixes, in layers that all images built on it share. Off by default, because teams that build every night may want exactly this.',
      bad: ['FROM alpine:3.20\nRUN apk upgrade\n'],
      good: ['FROM alpine:3.20\nRUN date\n'],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ report }) => ({
    command(command) {
      const call = fullUpgrade(command, ['apk'], ['upgrade']);
      if (call)
        report(call.subcommand.span, 'upgrade', { data: { tool: call.tool, subcommand: call.subcommand.value } });
    },
  }),
});
