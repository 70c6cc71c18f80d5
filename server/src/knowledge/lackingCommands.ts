import type { ImageReference } from '../dockerfile/model';
import type { Distro, ImageFacts } from './knowledgeBase';

/** Package managers, and the distributions whose images contain them. */
const MANAGERS: Readonly<Record<string, readonly Distro[]>> = {
  apk: ['alpine'],
  apt: ['debian', 'ubuntu'],
  'apt-get': ['debian', 'ubuntu'],
  dnf: ['rhel'],
  microdnf: ['rhel'],
  yum: ['rhel'],
};
/** Images that contain only their distribution and a runtime. */
const PLAIN: Readonly<Record<'debian' | 'ubuntu' | 'alpine' | 'busybox', readonly string[]>> = {
  busybox: ['busybox'],
  debian: ['debian', 'node', 'python', 'ruby'],
  ubuntu: ['ubuntu'],
  alpine: ['alpine', 'golang', 'node', 'python', 'ruby'],
};
/** Shells that none of them has. */
const SHELLS = ['zsh', 'fish', 'ksh', 'pwsh', 'powershell'];
/** Commands that images of a server or runtime lack on Debian and Ubuntu. */
const BARE_DEBIAN = [
  'wget',
  'git',
  'make',
  'gcc',
  'g++',
  'unzip',
  'sudo',
  'jq',
  'vim',
  'nano',
  'ssh',
  'svn',
  ...SHELLS,
];
/** Commands that they lack, from the package lists of their Dockerfiles (docker-library/official-images, 2026-08). */
const LACKING: Readonly<Record<'debian' | 'ubuntu' | 'alpine' | 'busybox', readonly string[]>> = {
  busybox: ['bash', 'curl', 'git', 'make', 'gcc', 'sudo', 'jq', 'ssh', 'useradd', 'groupadd', ...SHELLS],
  debian: ['curl', ...BARE_DEBIAN],
  ubuntu: ['curl', 'python3', ...BARE_DEBIAN],
  alpine: [
    ...['bash', 'curl', 'git', 'make', 'gcc', 'g++', 'sudo', 'jq', 'nano', 'ssh', 'svn'],
    // BusyBox has adduser and addgroup; these are in the package shadow.
    ...['useradd', 'groupadd', 'usermod', 'groupmod'],
    ...SHELLS,
  ],
};

/** The same for images of a server or runtime on Alpine. */
const BARE_ALPINE = LACKING.alpine.filter((command) => command !== 'curl');
const DOTNET = { debian: LACKING.debian, ubuntu: LACKING.debian, alpine: LACKING.alpine };

/**
 * Images with a few more tools, and the commands that they still lack (docker-library/repo-info@147073b7484b repos/php,
 * 2026-08; Dockerfiles of dotnet/dotnet-docker, nginx/docker-nginx and redis/docker-library-redis, 2026-11).
 */
const STILL_LACKING: Readonly<Record<string, Partial<Record<Distro, readonly string[]>>>> = {
  'mcr.microsoft.com/dotnet/aspnet': DOTNET,
  'mcr.microsoft.com/dotnet/runtime': DOTNET,
  'mcr.microsoft.com/dotnet/runtime-deps': DOTNET,
  nginx: { debian: BARE_DEBIAN, alpine: BARE_ALPINE },
  redis: { debian: LACKING.debian, alpine: LACKING.alpine },
  php: {
    debian: ['wget', 'git', 'unzip', 'sudo', 'jq', 'vim', 'nano', 'ssh', 'svn'],
    alpine: ['bash', 'git', 'make', 'gcc', 'g++', 'sudo', 'jq', 'nano', 'ssh', 'svn'],
  },
};

/** Commands that Node.js images no longer contain since these versions (nodejs/docker-node's README, 2026-05). */
const GONE_FROM_NODE: Readonly<Record<string, number>> = { corepack: 25, yarn: 26, yarnpkg: 26 };

function isGoneFromNode(command: string, tag: string | undefined): boolean {
  const since = Object.hasOwn(GONE_FROM_NODE, command) ? GONE_FROM_NODE[command] : undefined;
  return since !== undefined && Number(/^\d+/.exec(tag ?? '')?.[0] ?? 0) >= since;
}

/**
 * False where the image has no `adduser` and `addgroup`, or may not have them: those of Debian 13 have only `useradd`
 * (https://github.com/oven-sh/bun/pull/36273, 2026-11).
 */
export function hasAdduser({ distro, distroRelease = '' }: Pick<ImageFacts, 'distro' | 'distroRelease'>): boolean {
  return distro !== 'debian' || /^(?:jessie|stretch|buster|bullseye|bookworm)$/.test(distroRelease);
}

/** True when an image certainly lacks this command. */
export function commandLackingIn(command: string, image: ImageReference, facts: ImageFacts): boolean {
  const { distro, distroRelease, variant } = facts;
  const { name: repository } = image;
  if (repository === 'node' && isGoneFromNode(command, image.tag)) return true;
  const managed = Object.hasOwn(MANAGERS, command) ? MANAGERS[command] : undefined;
  // Images of Red Hat's family have either dnf, yum or microdnf.
  if (distro === 'rhel') return managed !== undefined && !managed.includes(distro);
  if (distro !== 'debian' && distro !== 'ubuntu' && distro !== 'alpine' && distro !== 'busybox') return false;
  if (managed) return !managed.includes(distro);
  if (Object.hasOwn(STILL_LACKING, repository)) return STILL_LACKING[repository]?.[distro]?.includes(command) ?? false;
  if (!PLAIN[distro].includes(repository)) return false;
  // Full language images contain build tools.
  const isBare = distro !== 'debian' || repository === 'debian' || variant === 'slim';
  if (isBare && distroRelease !== undefined && /^add(?:user|group)$/.test(command)) return !hasAdduser(facts);
  return isBare && LACKING[distro].includes(command);
}
