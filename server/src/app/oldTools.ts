import { packageName, systemInstall } from '../commands/systemPackages';
import { lineage } from '../dockerfile/lineage';
import type { Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';

/**
 * Releases whose own tool does not know an option yet, so a step that adds it would break the build (all read 2026-11):
 * - `--no-cache-dir` came with pip 6.0 of 2014-12 (the packages pip 1.5.6 and 6.0 on PyPI). Debian 8 has pip 1.5.6
 *   (apt-browse.com/browse/debian/jessie), Ubuntu 14.04 has 1.5.4 and 15.10 has 1.5.6 (andresriancho/w3af#13329).
 * - `--no-document` came with RubyGems 2.0 of 2013-02, Ruby 1.9.3 has RubyGems 1.8 (History.txt of RubyGems). Ruby 1.9.3
 *   is the one of Debian 7 and Ubuntu 14.04 (wurmlab/oswitch#24); CentOS 6 is older than RubyGems 2.0.
 * - `--no-cache` came with Alpine 3.3 (gliderlabs/docker-alpine, docs/usage.md).
 */
const LACKING = {
  pip: /\b(?:wheezy|jessie|precise|trusty|utopic|vivid|wily)\b|\bdebian:[678](?:\D|$)|ubuntu:?1[0-5]\.\d\d/,
  gem: /\b(?:wheezy|precise|trusty)\b|\bdebian:[67](?:\D|$)|ubuntu:?1[0-4]\.\d\d|\bcentos:?(?:centos)?[56](?:\D|$)/,
  apk: /\balpine:?(?:2\.\d|3\.[0-2](?:\D|$))/,
} as const;

/** True where the tool is that of an old release, and nothing before this command has renewed it. */
export function lacksOption(tool: keyof typeof LACKING, command: ShellCommand, on: Instruction): boolean {
  const image = imageOf(on);
  if (image === undefined || !LACKING[tool].test(image)) return false;
  const before = commandsBefore(command, on);
  const isRenewed = before.some(({ words }) => RENEWS.test(words.map(({ value }) => value).join(' ')));
  return !isRenewed && (tool === 'apk' || before.some((one) => installs(one, tool)));
}

const RENEWS =
  /\bget-pip\b|\beasy_install\b.{0,200}\bpip\b|\bpip[\d.]{0,9} install\b.{0,200} pip\b|\bgem update --system\b|\brvm\b|\brbenv\b/;
const PACKAGES = { pip: /^python3?-pip$/, gem: /^(?:ruby|rubygems)[\d.]*(?:-dev|-full)?$/ } as const;

function installs(command: ShellCommand, tool: 'pip' | 'gem'): boolean {
  return systemInstall(command)?.operands.some(({ value }) => PACKAGES[tool].test(packageName(value))) ?? false;
}

/**
 * True where npm is older than 5.7, which has no `npm ci` (the packages npm 5.6.0 and 5.7.0). npm 6 came with Node.js
 * 10.3.0 and 8.12.0 (nodejs.org/en/blog/release/v10.3.0, nodejs/node#19271; read 2026-11).
 */
export function lacksNpmCi(on: Instruction): boolean {
  const image = imageOf(on) ?? '';
  return /^node:(?:[0-7](?:\D|$)|9(?:\D|$)|8\.(?:\d|1[01])(?:\D|$)|10\.[0-2](?:\D|$)|argon|boron)/.test(image);
}

/**
 * True where npm is older than 7, which came with Node.js 15, and reads no lock file of version 3
 * (docs.npmjs.com/cli/v11/configuring-npm/package-lock-json, read 2026-11).
 */
export function readsOldLocksOnly(on: Instruction): boolean {
  return /^node:(?:\d|1[0-4])(?:\D|$)|^node:(?:argon|boron|carbon|dubnium|erbium|fermium)/.test(imageOf(on) ?? '');
}

/** `ubuntu:14.04`, without the registry. */
function imageOf(on: Instruction): string | undefined {
  const base = on.stage && lineage(on.stage)[0]?.base;
  if (base?.kind !== 'image') return undefined;
  return `${baseName(base.image.repository)}:${base.image.tag ?? ''}`;
}

function commandsBefore(command: ShellCommand, on: Instruction): ShellCommand[] {
  const instructions = on.stage ? lineage(on.stage).flatMap((stage) => stage.instructions) : [];
  return instructions
    .flatMap(({ script }) => script?.commands ?? [])
    .filter(({ span }) => span.start < command.span.start);
}
