import type { ShellCommand } from '../shell/script';
import { packageCommand } from './packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from './systemPackages';

/**
 * What a command of a RUN does to an image, for commands that all languages have in common. setup: files that it names;
 * system: what the distribution maintains, such as locales and certificates.
 */
export type CommandKind = 'packages' | 'cleanup' | 'setup' | 'system' | 'user' | 'shell' | 'fetch';

const SHELL = new Set([
  '[',
  'cd',
  'date',
  'echo',
  'env',
  'exit',
  'export',
  'false',
  'pwd',
  'set',
  'sleep',
  'test',
  'true',
  'uname',
  'whoami',
  'yes',
  'id',
  'ls',
  'cat',
  'which',
  'nproc',
  ...['basename', 'cut', 'dirname', 'du', 'expr', 'grep', 'head', 'seq', 'sort', 'stat', 'tail', 'tr', 'uniq', 'wc'],
]);
const SETUP = new Set([
  'chmod',
  'chown',
  'chgrp',
  'cp',
  'install',
  'ln',
  'mkdir',
  'mv',
  'printf',
  'sed',
  'tee',
  'touch',
  'ldconfig',
]);
const SYSTEM = new Set([
  'dpkg-reconfigure',
  'fc-cache',
  'locale-gen',
  'localedef',
  'update-alternatives',
  'update-ca-certificates',
  'update-locale',
]);
const USERS = new Set(['addgroup', 'adduser', 'groupadd', 'groupmod', 'useradd', 'usermod']);
const FETCH = new Set(['curl', 'wget', 'git', 'tar', 'unzip', 'gunzip', 'bunzip2', 'xz', 'gpg', 'sha256sum', 'md5sum']);

export function commandKind(command: ShellCommand): CommandKind | undefined {
  const { name } = command;
  // `A=b` sets a shell variable; `$TOOL b` may do anything.
  if (name === '' && command.words.length > 0) return undefined;
  if (packageCommand(command, SYSTEM_MANAGERS)) {
    const call = systemInstall(command);
    return call || isUpkeep(command) ? 'packages' : undefined;
  }
  if (asksForVersion(command)) return 'shell';
  if (name === 'rm' || name === 'apt-mark' || name === 'find') return 'cleanup';
  if (/^:?$/.test(name) || SHELL.has(name) || (name === 'dpkg' && asksOnly(command)))
    return command.redirects.some(({ operator }) => operator.includes('>')) ? 'setup' : 'shell';
  if (SETUP.has(name)) return 'setup';
  if (SYSTEM.has(name)) return 'system';
  if (USERS.has(name)) return 'user';
  return FETCH.has(name) ? 'fetch' : undefined;
}

/** `jq --version`: proof that an install worked. */
export function asksForVersion({ words, redirects }: ShellCommand): boolean {
  return words.length === 2 && redirects.length === 0 && /^(?:--version|--help|-V)$/.test(words[1]?.value ?? '');
}

/** `dpkg --print-architecture`, `dpkg -l`. */
function asksOnly({ words }: ShellCommand): boolean {
  return (
    words.slice(1).every(({ value }) => /^(?:--print-(?:foreign-)?architectures?|-[lsLS]|[\w.+:*-]+)$/.test(value)) &&
    /^-(?:-print|[lsLS]$)/.test(words[1]?.value ?? '')
  );
}

/** Updating package lists, upgrades, and removing temporary packages. */
function isUpkeep(command: ShellCommand): boolean {
  const subcommand = packageCommand(command, SYSTEM_MANAGERS)?.subcommand?.value ?? '';
  return /^(?:update|upgrade|dist-upgrade|full-upgrade|clean|autoclean|autoremove|remove|purge|del|makecache)$/.test(
    subcommand,
  );
}
