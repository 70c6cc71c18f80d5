import { packageCommand } from '../../commands/packageCommand';
import { baseImage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule, type ReportData } from '../../engine/rule';
import { alpineLacks } from '../../knowledge/alpinePackages';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { versionsInstead } from '../../knowledge/packageNames';
import type { ShellCommand } from '../../shell/script';
import type { Span } from '../../text/span';
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
      gone: 'Alpine {release} and later have no package `{name}`',
      instead: 'Use `{instead}`',
      version: 'Use a version that the release has: `{instead}`',
      none: 'Remove it, or choose a base image of a release that has it',
    },
    docs: {
      description: 'Install only packages that the release of the base image has',
      rationale:
        'Packages are renamed and removed between releases of Debian, Ubuntu and Alpine, and a tag such as `python:3.13-slim` moves to the next release. apt or apk then finds no such package, and the build fails.\n\nThe rule reports nothing once a package repository has been added.',
      fixSafety: { manual: 'another package may have other files or another version.' },
      bad: [
        'FROM python:3.13-slim-trixie\nRUN apt-get update && apt-get install -y --no-install-recommends libgl1-mesa-glx && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:bookworm\nRUN apt-get update && apt-get install -y --no-install-recommends openjdk-11-jdk && rm -rf /var/lib/apt/lists/*\n',
        'FROM node:24-alpine\nRUN apk add --no-cache python make g++\n',
      ],
      good: [
        'FROM python:3.13-slim-trixie\nRUN apt-get update && apt-get install -y --no-install-recommends libgl1 && rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://packages.debian.org/', 'https://packages.ubuntu.com/', 'https://pkgs.alpinelinux.org/'],
    },
  },
  visits: { tools: [...APT, 'apk'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const found =
        command.name === 'apk' ? goneFromAlpine(command, on, knowledge) : missingInRelease(command, on, knowledge);
      // Last, because it looks at everything above.
      if (found.length === 0 || mayFail(command) || !hasOwnSources(on, command)) return;
      for (const { span, messageId, data, title, instead } of found)
        report(span, messageId, {
          data,
          fix: { title, data: instead === undefined ? {} : { instead }, safety: 'manual' },
        });
    },
  }),
});

interface MissingPackage {
  readonly span: Span;
  readonly messageId: 'missing' | 'gone';
  readonly data: ReportData;
  readonly title: 'instead' | 'version' | 'none';
  readonly instead: string | undefined;
}

function missingInRelease(command: ShellCommand, { stage }: Instruction, knowledge: KnowledgeBase): MissingPackage[] {
  const call = packageCommand(command, APT);
  if (call?.subcommand?.value !== 'install' || !stage || call.has('-t', '--target-release')) return [];
  const image = baseImage(stage);
  const facts = image && IMAGES.has(image.name) ? knowledge.image(image) : undefined;
  const release = facts?.distroRelease ?? facts?.currentRelease;
  const distro = DISTROS.get(facts?.distro ?? '');
  if (release === undefined || distro === undefined) return [];
  return call.operands.flatMap(({ value, span }): MissingPackage[] => {
    const [, name] = /^([a-z\d][a-z\d+.-]+)(?::\w+)?(?:=.*)?$/.exec(value) ?? [];
    const versions = name && versionsInstead(name, release);
    if (!name || !versions) return [];
    const successor = SUCCESSORS.get(name);
    const instead = successor ?? versions.at(-1);
    const title = instead === undefined ? 'none' : successor === undefined ? 'version' : 'instead';
    return [{ span, messageId: 'missing', data: { distro, release, name }, title, instead }];
  });
}

function goneFromAlpine(command: ShellCommand, { stage }: Instruction, knowledge: KnowledgeBase): MissingPackage[] {
  const call = packageCommand(command, ['apk']);
  const image = stage && baseImage(stage);
  const facts = image && knowledge.image(image);
  if (call?.subcommand?.value !== 'add' || !facts || call.has('-X', '--repository', '-p', '--root')) return [];
  const told = new Set<unknown>();
  return call.operands.flatMap(({ value: name, span }): MissingPackage[] => {
    const gone = alpineLacks(/^([\w.+-]{1,80})(?:[=<>~]|$)/.exec(name)?.[1] ?? '', image, facts);
    // One of `php7-*` speaks for all.
    if (!gone || told.has(gone)) return [];
    told.add(gone);
    const { since: release, instead } = gone;
    const title = instead === undefined ? 'none' : 'instead';
    return [{ span, messageId: 'gone', data: { release, name }, title, instead }];
  });
}

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
