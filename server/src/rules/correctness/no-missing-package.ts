import { packageCommand } from '../../commands/packageCommand';
import { baseImage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { versionsInstead } from '../../knowledge/packageNames';
import { mayFail } from '../shared/expectedFailure';
import { hasOwnSources } from '../shared/packageSources';

const APT = ['apt-get', 'apt'];

export default defineRule({
  meta: {
    id: 'no-missing-package',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      missing: '{distro} {release} has no package `{name}`',
      instead: 'Use `{instead}`',
      version: 'Use a version that the release has: `{instead}`',
      none: 'Remove it, or choose a base image of a release that has it',
    },
    docs: {
      description: 'Install only packages that the release of the base image has',
      rationale:
        'Packages are renamed and removed between releases of Debian and Ubuntu, and a tag such as `python:3.13-slim` moves to the next release. apt then finds no such package, and the build fails.\n\nThe rule reports nothing once a package repository has been added.',
      fixSafety: { manual: 'another package may have other files or another version.' },
      bad: [
        'FROM python:3.13-slim-trixie\nRUN apt-get update && apt-get install -y --no-install-recommends libgl1-mesa-glx && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:bookworm\nRUN apt-get update && apt-get install -y --no-install-recommends openjdk-11-jdk && rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM python:3.13-slim-trixie\nRUN apt-get update && apt-get install -y --no-install-recommends libgl1 && rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://packages.debian.org/', 'https://packages.ubuntu.com/'],
    },
  },
  visits: { tools: APT },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, APT);
      if (call?.subcommand?.value !== 'install' || !on.stage || mayFail(command) || call.has('-t', '--target-release'))
        return;
      const image = baseImage(on.stage);
      const facts = image && IMAGES.has(image.name) ? knowledge.image(image) : undefined;
      const release = facts?.distroRelease ?? facts?.currentRelease;
      const distro = DISTROS.get(facts?.distro ?? '');
      if (release === undefined || distro === undefined) return;
      const missing = call.operands.flatMap(({ value, span }) => {
        const [, name] = /^([a-z\d][a-z\d+.-]+)(?::\w+)?(?:=.*)?$/.exec(value) ?? [];
        const versions = name && versionsInstead(name, release);
        return name && versions ? [{ name, span, versions }] : [];
      });
      // Last, because it looks at everything above.
      if (missing.length === 0 || !hasOwnSources(on, command)) return;
      for (const { name, span, versions } of missing) {
        const instead = SUCCESSORS.get(name) ?? versions.at(-1);
        const title = instead === undefined ? 'none' : SUCCESSORS.has(name) ? 'instead' : 'version';
        report(span, 'missing', {
          data: { distro, release, name },
          fix: { title, data: instead === undefined ? {} : { instead }, safety: 'manual' },
        });
      }
    },
  }),
});

/** Official images that use only the package sources of their distribution (their Dockerfiles, 2026-11). */
const IMAGES: ReadonlySet<string> = new Set([
  ...['debian', 'ubuntu', 'buildpack-deps', 'python', 'node', 'ruby', 'golang', 'rust', 'gcc', 'perl', 'php'],
  ...['eclipse-temurin', 'mcr.microsoft.com/dotnet/sdk', 'mcr.microsoft.com/dotnet/aspnet'],
]);

const DISTROS: ReadonlyMap<string, string> = new Map([
  ['debian', 'Debian'],
  ['ubuntu', 'Ubuntu'],
]);

/** What replaced a package (packages.debian.org, 2026-11). */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['chromium-browser', 'chromium'],
  ['dnsutils', 'bind9-dnsutils'],
  ['libappindicator3-1', 'libayatana-appindicator3-1'],
  ['libasound2', 'libasound2t64'],
  ['libav-tools', 'ffmpeg'],
  ['libgl1-mesa-glx', 'libgl1'],
  ['libmysqlclient-dev', 'default-libmysqlclient-dev'],
  ['libpng12-dev', 'libpng-dev'],
  ['mysql-client', 'default-mysql-client'],
  ['mysql-server', 'default-mysql-server'],
  ['netcat', 'netcat-openbsd'],
  ['policykit-1', 'polkitd'],
  ['python', 'python3'],
  ['python-dev', 'python3-dev'],
  ['python-pip', 'python3-pip'],
  ['python-setuptools', 'python3-setuptools'],
  ['python-software-properties', 'software-properties-common'],
  ['ttf-wqy-microhei', 'fonts-wqy-microhei'],
  ['ttf-wqy-zenhei', 'fonts-wqy-zenhei'],
]);
