import { baseFacts } from '../../app/effectiveUser';
import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { hasNoPackages } from '../../knowledge/packageArchive';
import { mayFail } from '../shared/expectedFailure';
import { hasOwnSources } from '../shared/packageSources';

const APT = ['apt-get', 'apt'];

export default defineRule({
  meta: {
    id: 'no-archived-release',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      moved: '`{tool} update` fails: {distro} {release} is only in the archive',
      newer: 'Use an image of a newer release, or {archive} in /etc/apt/sources.list',
    },
    docs: {
      description: 'Install packages only on releases that package servers still have',
      rationale:
        'Debian moves the packages of old releases to archive.debian.org, and Ubuntu those without long-term support to old-releases.ubuntu.com. `apt-get update` then finds nothing at the usual address and stops the build, unless the layer is still in the cache.\n\nThe rule reports nothing once something above may have changed the package sources.',
      fixSafety: { manual: 'a newer release has other versions of the packages.' },
      bad: [
        'FROM python:3.8-slim-buster\nRUN apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM python:3.14-slim-trixie\nRUN apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:buster-slim\nRUN sed -i s/deb.debian.org/archive.debian.org/ /etc/apt/sources.list && apt-get update\n',
      ],
      references: ['https://www.debian.org/distrib/archive', 'https://old-releases.ubuntu.com/releases/'],
    },
  },
  visits: { tools: APT },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, APT);
      if (call?.subcommand?.value !== 'update' || !on.stage || mayFail(command)) return;
      const facts = baseFacts(on.stage, knowledge);
      // Other publishers may have changed the sources in their images.
      if (!facts?.isOfficial || !hasNoPackages(facts) || !hasOwnSources(on, command)) return;
      const [distro, archive] =
        facts.distro === 'debian' ? ['Debian', 'archive.debian.org'] : ['Ubuntu', 'old-releases.ubuntu.com'];
      report(command.span, 'moved', {
        data: { tool: call.tool, distro, release: facts.distroRelease ?? '' },
        fix: { title: 'newer', data: { archive }, safety: 'manual' },
      });
    },
  }),
});
