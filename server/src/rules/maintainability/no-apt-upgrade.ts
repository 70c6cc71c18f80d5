import { upgradeRule } from '../shared/upgrades';

export default upgradeRule({
  id: 'no-apt-upgrade',
  aliases: ['DS-0024', 'DS024', 'AVD-DS-0024', 'semgrep:avoid-apt-get-upgrade', 'DF069'],
  tools: ['apt-get', 'apt'],
  subcommands: ['upgrade', 'dist-upgrade', 'full-upgrade'],
  docs: {
    description: 'Get updates from the base image, not from apt-get upgrade',
    bad: ['FROM debian:12\nRUN apt-get upgrade\n'],
    good: ['FROM debian:12\nRUN date\n'],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
});
