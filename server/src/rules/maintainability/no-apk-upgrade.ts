import { upgradeRule } from '../shared/upgrades';

export default upgradeRule({
  id: 'no-apk-upgrade',
  aliases: ['semgrep:avoid-apk-upgrade', 'DF069'],
  tools: ['apk'],
  subcommands: ['upgrade'],
  docs: {
    description: 'Get updates from the base image, not from apk upgrade',
    bad: ['FROM alpine:3.20\nRUN apk upgrade\n'],
    good: ['FROM alpine:3.20\nRUN date\n'],
    references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
});
