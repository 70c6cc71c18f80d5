import { isInteractiveStart } from '../commands/interactiveShell';
import { packageName, systemInstall } from '../commands/systemPackages';
import { imageName } from '../dockerfile/imageName';
import { inheritedInstructions, lineage } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import { writtenCommand } from '../dockerfile/writtenCommand';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { readOptions } from '../shell/options';
import { baseName, isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { wordList } from '../text/wordList';
import { baseFacts } from './effectiveUser';
import { actionFile } from './githubAction';
import { hasTriggers, isBuiltOn } from './imageUse';
import { listeningPort } from './listeningPort';
import { startsMountedSources } from './mountedSources';
import { toolInRootsHome } from './rootsHome';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

/** A reason against changing the user: shown to the user instead of a fix. */
export interface RootNeed {
  readonly kind:
    | 'port'
    | 'volume'
    | 'program'
    | 'package'
    | 'home'
    | 'workdir'
    | 'tool'
    | 'base'
    | 'onbuild'
    | 'variable'
    | 'script'
    | 'unread'
    | 'mount'
    | 'mounted'
    | 'privileged'
    | 'files'
    | 'action'
    | 'writes';
  /** The port, path or program. */
  readonly name: string;
}

/** Programs that switch the user themselves when the container starts. */
const STEP_DOWN =
  /(?:^|[/\s"'])(?:gosu|su-exec|setpriv|runuser|s6-overlay|s6-svscan|(?:s6-)?setuidgid|chpst|fixuid)(?:$|[-/\s"':.])/;

/** The same in a start command. In a script or a RUN, these switch the user for one command. */
const START_AS = anyOf(
  /(?:^|[\s/])su (?:-\S* |\/\S+ ){0,4}(?!root\b)[\w$]/,
  /(?:^|[\s/])(?:sudo|doas) (?:-\S+ ){0,4}-u ?(?!root\b)\S/,
  /(?:^|[\s/])(?:chroot --userspec|capsh .{0,99}--user|start-stop-daemon .{0,200}(?:-c|--chuid))[= ](?!root\b|0)/,
);

/**
 * Programs that start as root: servers that open low ports, switch users or have their own data folders; supervisors;
 * programs that open raw sockets.
 */
const ROOT_PROGRAMS = new Set([
  'apache2',
  'apache2-foreground',
  'apache2ctl',
  'apachectl',
  'arping',
  'bird',
  'cassandra',
  'charon',
  'chronyd',
  'clamd',
  'clickhouse-server',
  'conntrackd',
  'couchdb',
  'cron',
  'crond',
  'dhclient',
  'dhcpd',
  'dnsmasq',
  'dockerd',
  'dovecot',
  'dumpcap',
  'exim',
  'exim4',
  'fail2ban-server',
  'fping',
  'haproxy',
  'hostapd',
  'hping3',
  'httpd',
  'iftop',
  'inetd',
  'influxd',
  'init',
  'ipsec',
  'keepalived',
  'mariadbd',
  'masscan',
  'mongod',
  'mtr',
  'mysqld',
  'mysqld_safe',
  'named',
  'nethogs',
  'nginx',
  'nmap',
  'ntpd',
  'openvpn',
  'php-fpm',
  'ping',
  'ping6',
  'postfix',
  'postgres',
  'pppd',
  'proftpd',
  'pure-ftpd',
  'rabbitmq-server',
  'radvd',
  'redis-server',
  'rsyslogd',
  'runit',
  'runsvdir',
  'service',
  'slapd',
  'smbd',
  'squid',
  'sshd',
  'strongswan',
  'sudo',
  'supervisord',
  'suricata',
  'systemctl',
  'systemd',
  'tailscaled',
  'tcpdump',
  'traceroute',
  'tshark',
  'udhcpd',
  'unitd',
  'vsftpd',
  'xinetd',
  'zmap',
]);

/** Packages of programs that change the network, disks or mounts of the host: nobody installs them for another user. */
const ROOT_PACKAGES = new Set([
  'bridge-utils',
  'cifs-utils',
  'conntrack-tools',
  'cryptsetup',
  'hdparm',
  'hostapd',
  'ipset',
  'iptables',
  'keepalived',
  'lvm2',
  'mdadm',
  'nfs-common',
  'nfs-utils',
  'nftables',
  'nvme-cli',
  'openconnect',
  'openvpn',
  'smartmontools',
  'strongswan',
  'wireguard',
  'wireguard-tools',
  'xl2tpd',
  'zfs',
  'zfsutils-linux',
]);

/** Commands that only root may run, in a script or a start command. */
const ROOT_WORK = new Set([
  'chown',
  'chgrp',
  'useradd',
  'usermod',
  'groupmod',
  'groupadd',
  'adduser',
  'addgroup',
  'deluser',
  'apt-get',
  'apt',
  'apk',
  'yum',
  'dnf',
  'dpkg',
  'crontab',
  'service',
  'iptables',
  'ip6tables',
  'nft',
  'mount',
  'umount',
  'sysctl',
  'modprobe',
  'update-ca-certificates',
  'update-alternatives',
  'a2enmod',
  'a2ensite',
  'ldconfig',
  'su',
  'sudo',
  'chroot',
  'wg-quick',
  'setcap',
]);
/** Commands that write to their operands. */
const CHANGES = new Set(['sed', 'tee', 'mkdir', 'touch', 'ln', 'cp', 'mv', 'rm', 'install', 'chmod', 'envsubst']);
const OF_ROOT = /^\/(?:etc|usr|run|var|opt|srv|s?bin|lib)\/[\w./-]+$/;

/** True when the container drops root at startup: a start command shows it, or a start script may do so. */
export function dropsPrivileges(stage: Stage): boolean {
  const instructions = inheritedInstructions(stage);
  const starts = ['ENTRYPOINT', 'CMD'].flatMap(
    (keyword) => instructions.findLast((one) => one.keyword === keyword) ?? [],
  );
  if (starts.some((node) => STEP_DOWN.test(node.bodyText) || START_AS.test(writtenCommand(node)))) return true;
  // An installed program is called by a script. A program that is started directly does not call it.
  const isBrought = instructions.some((node) => STEP_DOWN.test(node.bodyText));
  return isBrought && (starts.length === 0 || starts.some(mayStartScript));
}

/** True when the base image's own start drops root, and the stage starts it or a script that may hand over to it. */
export function baseDropsPrivileges(stage: Stage, knowledge: KnowledgeBase): boolean {
  const facts = baseFacts(stage, knowledge);
  if (!facts?.dropsPrivileges) return false;
  const instructions = inheritedInstructions(stage);
  const start =
    instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT') ??
    instructions.findLast(({ keyword }) => keyword === 'CMD');
  const program = start && nameOf(startedBy(start));
  return !program || !INTERPRETER.test(program) || facts.starts?.split(' ').includes(program) === true;
}

const INTERPRETER =
  /^(?:node|npm|yarn|pnpm|bun|deno|python[\d.]*|gunicorn|uvicorn|flask|php|java|ruby|rails|perl|dotnet)$/;

/** The program of an ENTRYPOINT or CMD; the last one of a script. */
function startedBy({ form, args, script }: Instruction): string | undefined {
  if (form !== 'exec') return script?.commands.at(-1)?.name;
  return args.find(({ value }) => !STARTERS.test(value))?.value;
}

const START_SCRIPT = /(?:^|[\s"'[,])\.?\/|\.(?:ba)?sh\b|entrypoint|\binit\b/;
/** Programs that start the one that follows them, and shells. */
const STARTERS = /(?:^|\/)(?:tini|dumb-init|catatonit|env|exec|(?:ba|da|a)?sh)$|^-/;

/** In exec form, only the program itself can be the script: `["node", "/app/server.js"]` starts none. */
function mayStartScript({ form, args, bodyText }: Instruction): boolean {
  const program = form === 'exec' ? args.find(({ value }) => !STARTERS.test(value))?.value : bodyText;
  if (form === 'exec' && INTERPRETER.test(nameOf(program))) return false;
  return START_SCRIPT.test(program ?? bodyText);
}

/** Reasons against another user in the Dockerfile itself. */
export function rootNeed(stage: Stage): RootNeed | undefined {
  for (const node of inheritedInstructions(stage)) {
    const need = needOf(node);
    if (need) return need;
  }
  return undefined;
}

/** The same with everything that is known: base image, start scripts, Compose files. */
export function rootNeedOf(site: RunSite): RootNeed | undefined {
  if (hasTriggers(site.stage)) return { kind: 'onbuild', name: '' };
  if (isBuiltOn(site)) return unknownStart(site) ?? { kind: 'base', name: '' };
  const action = actionFile(site.context);
  if (action !== undefined) return { kind: 'action', name: action };
  const tool = toolForFiles(site);
  if (tool !== undefined) return { kind: 'files', name: tool };
  const need = rootNeed(site.stage) ?? toolNeed(site) ?? serviceNeed(site) ?? startNeed(site);
  if (need) return need;
  if (startsMountedSources(site)) return { kind: 'mounted', name: site.workdir };
  const port = listeningPort(site);
  return port === undefined ? undefined : { kind: 'port', name: `${port}` };
}

/** An unknown base image may start something. */
function unknownStart({ stage, knowledge }: RunSite): RootNeed | undefined {
  const base = lineage(stage)[0]?.base;
  const isUnknown = base?.kind === 'image' && knowledge.image(base.image) === undefined;
  return isUnknown ? { kind: 'unread', name: imageName(base.image) } : undefined;
}

const HELP = /^(?:-h|-V|--?help|--?version|help|version)$/;

/**
 * A command-line tool that by default only prints its usage, or for which nothing is copied in: it works on mounted
 * files, which belong to its caller.
 */
function toolForFiles({ stage, knowledge, instructions }: RunSite): string | undefined {
  const [start, command] = ['ENTRYPOINT', 'CMD'].map((keyword) =>
    instructions.findLast((one) => one.keyword === keyword),
  );
  const words = [start, command].flatMap((node) => node?.args.map(({ value }) => value) ?? []);
  const isHelp = words.length > 1 && HELP.test(words.at(-1) ?? '');
  const program = nameOf(words[0]);
  const isTool = start?.form === 'exec' && words.length === 1 && !/\.sh$|entrypoint/.test(words[0] ?? '');
  const isEmpty =
    (isTool || CALLERS_FILES.test(program)) &&
    isInteractiveStart(baseFacts(stage, knowledge)?.starts ?? '') &&
    !instructions.some(bringsOwnProgram);
  return isHelp || isEmpty ? program : undefined;
}

/** They work on files and with keys of their caller. */
const CALLERS_FILES = wordList`
  ansible[\w-]* terraform tofu terragrunt packer helm helmfile kubectl kustomize aws gcloud az rsync ssh git restic
  rclone borg pandoc latexmk pdflatex xelatex lualatex hugo jekyll mkdocs ffmpeg
`;

/**
 * True for a server, or for files of the project: a `--from` that names another image has a registry, tag or digest.
 */
function bringsOwnProgram({ keyword, flags }: Instruction): boolean {
  if (keyword !== 'COPY' && keyword !== 'ADD') return keyword === 'EXPOSE';
  const from = flags.find(({ name }) => name === 'from')?.value;
  return from === undefined || !/[/:.]/.test(from);
}

function toolNeed(site: RunSite): RootNeed | undefined {
  const name = toolInRootsHome(site);
  return name === undefined ? undefined : { kind: 'tool', name };
}

function needOf(node: Instruction): RootNeed | undefined {
  if (node.keyword === 'EXPOSE') {
    const port = node.args
      .map((word) => node.expand(word.text) ?? '')
      .find((value) => Number.parseInt(value, 10) < 1024);
    if (port !== undefined) return { kind: 'port', name: port };
  }
  if (node.keyword === 'VOLUME') {
    // A volume gets the mode of the folder in the image, and in /tmp everyone may write.
    const volume = node.args.find(({ value }) => !/^\/(?:var\/)?tmp\/?$/.test(value));
    if (volume) return { kind: 'volume', name: node.expand(volume.text) ?? volume.value };
  }
  if (node.keyword === 'CMD' || node.keyword === 'ENTRYPOINT') {
    const program = startedPrograms(node).find((name) => ROOT_PROGRAMS.has(name));
    if (program !== undefined) return { kind: 'program', name: program };
    const port = portOfServer(writtenCommand(node));
    if (port) return port;
  }
  const packages = installedIn(node);
  // A Docker client needs the host's socket, and the id of its group differs between hosts.
  if (packages.some((name) => DOCKER.test(name))) return { kind: 'mount', name: '/var/run/docker.sock' };
  const needsRoot = packages.find((name) => ROOT_PACKAGES.has(name));
  if (needsRoot !== undefined) return { kind: 'package', name: needsRoot };
  if (node.keyword === 'WORKDIR' && usesRootsHome(node))
    return { kind: 'workdir', name: node.args[0]?.value ?? '/root' };
  return makesVariableUser(node) ?? (usesRootsHome(node) ? { kind: 'home', name: '/root' } : undefined);
}

/** A port below 1024 that the options of a command name. */
function portOfServer(command: string): RootNeed | undefined {
  const [, port] = /(?:--port[= ]|-p |0\.0\.0\.0:|\[::\]:|--bind[= ]:|-b :)(\d{2,3})(?!\d)/.exec(command) ?? [];
  return port !== undefined && Number(port) < 1024 ? { kind: 'port', name: port } : undefined;
}

const DOCKER = /^(?:docker|docker\.io|docker-(?:cli|ce|ce-cli|compose))$/;

/** The system packages that a RUN installs. */
function installedIn({ keyword, script }: Instruction): string[] {
  const commands = keyword === 'RUN' ? (script?.commands ?? []) : [];
  return commands.flatMap((command) => (systemInstall(command)?.operands ?? []).map(({ value }) => packageName(value)));
}

/** `useradd $USERNAME`: the Dockerfile does not show who that is. */
function makesVariableUser(node: Instruction): RootNeed | undefined {
  for (const command of node.keyword === 'RUN' ? (node.script?.commands ?? []) : []) {
    if (command.name !== 'useradd' && command.name !== 'adduser') continue;
    const name = readOptions(command).operands.find(({ value }) => value.includes('$'));
    if (name) return { kind: 'variable', name: name.value };
  }
  return undefined;
}

// Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
const HOME = /(?:^|[\s"'=:])(?:\/root(?:\/|[\s"':]|$)|~\/)|\$\{?HOME\b|\bpip3?\s.*--user\b/;

/** False where ENV sets another HOME, and no path names /root itself. */
function isHomeOfRoot(node: Instruction): boolean {
  return /\/root\b/.test(node.bodyText) || /^\/root\b/.test(node.resolve('HOME')?.value ?? '/root');
}

/** Paths that are only removed do not count as used. */
function usesRootsHome(node: Instruction): boolean {
  if (!HOME.test(node.bodyText) || !isHomeOfRoot(node)) return false;
  const { script } = node;
  if (node.keyword !== 'RUN' || !script || script.errors.length > 0) return true;
  return script.commands.some(
    ({ name, words, redirects, assignments }) =>
      name !== 'rm' &&
      (HOME.test(words.map(({ text }) => text).join(' ')) ||
        redirects.some(({ target }) => target && HOME.test(` ${target.text}`)) ||
        assignments.some(({ value }) => value !== undefined && HOME.test(`=${value}`))),
  );
}

function startedPrograms(node: Instruction): string[] {
  const fromScript = (node.script?.commands ?? []).flatMap((command) => [
    command.name,
    ...command.wrappers.map((word) => word.value),
  ]);
  const fromList = node.form === 'exec' ? node.args.map((word) => word.value) : [];
  return [...fromScript, ...fromList].map((program) => baseName(program));
}

function serviceNeed({ services, workdir }: RunSite): RootNeed | undefined {
  for (const { mounts, isPrivileged } of services) {
    if (isPrivileged) return { kind: 'privileged', name: '' };
    for (const { kind, target } of mounts) {
      const path = target.length > 1 && target.endsWith('/') ? target.slice(0, -1) : target;
      if (path === '/var/run/docker.sock') return { kind: 'mount', name: path };
      // A mounted configuration file is only read.
      if (kind === 'bind' && !/\.\w+$/.test(path)) return { kind: 'mount', name: path };
      if (isWithin(path, '/root')) return { kind: 'home', name: path };
      if (kind === 'volume' && workdir === '/' && !path.slice(1).includes('/')) continue;
    }
  }
  return undefined;
}

function startNeed(site: RunSite): RootNeed | undefined {
  const { texts, unread } = startOf(site);
  for (const { name, text } of texts) {
    const script = text.replace(/^[ \t]*#.*$/gm, '').replace(/\\\r?\n/g, ' ');
    const commands = commandsOf(script);
    const work = commands.find((words) => ROOT_WORK.has(nameOf(words[0])) && !isQuery(words));
    if (work && name !== 'Makefile') return { kind: 'script', name: nameOf(work[0]) };
    const path = commands.map(writtenByRoot).find((one) => one !== undefined);
    if (path !== undefined && name !== 'Makefile') return { kind: 'writes', name: path };
    if (STEP_DOWN.test(script)) return { kind: 'script', name: STEP_DOWN.exec(script)?.[0].trim() ?? name };
    const program = commands
      .flatMap((words) => words.slice(0, words[0] === 'sh' ? 3 : 1))
      .map(nameOf)
      .find((word) => ROOT_PROGRAMS.has(word));
    if (program !== undefined && name !== 'Makefile') return { kind: 'program', name: program };
    const last = commands.findLast((words) => words.length > 0) ?? [];
    const server = packagedServer(site, nameOf(last[0]));
    if (server !== undefined && name !== 'Makefile') return { kind: 'unread', name: server };
    const port = portOfServer(last.join(' '));
    if (port && name !== 'Makefile') return port;
  }
  return unread === undefined ? undefined : { kind: 'unread', name: unread };
}

/** A server that is a system package: it has folders of its own. */
function packagedServer({ instructions }: RunSite, program: string): string | undefined {
  const isServer = instructions.some(({ keyword }) => keyword === 'EXPOSE');
  const isPackage = instructions.flatMap(installedIn).includes(program);
  return isServer && isPackage && !INTERPRETER.test(program) && !STARTS_OTHERS.test(program) ? program : undefined;
}

/** Programs of packages that run what is copied. */
const STARTS_OTHERS =
  /^(?:(?:ba|da|z)?sh|tini|dumb-init|uwsgi|caddy|make|lighttpd|erlang|elixir|lua[\d.]*|socat|ncat|nodejs)$/;

/** `dpkg --print-architecture`. */
function isQuery([word, option = '']: readonly string[]): boolean {
  return nameOf(word) === 'dpkg' && /^(?:-[lLsSW]|--(?:compare-versions|list|print-\S+|search|status))$/.test(option);
}

/** The words of each command in a script. */
function commandsOf(script: string): string[][] {
  return script
    .split(/[\n;&|(]|\b(?:exec|then|do|else)\s/)
    .map((command) => command.split(/[\s"']+/).filter((word) => word !== ''));
}

/** `echo … > /etc/cron.d/x`, `sed -i … /etc/nginx/nginx.conf`, `ln -s … /usr/local/bin/x`, `mkdir -p /run/app`. */
function writtenByRoot(words: readonly string[]): string | undefined {
  const [name = '', ...operands] = words;
  const isWritten = CHANGES.has(name) && (name !== 'sed' || operands.some((word) => word.startsWith('-i')));
  return words
    .map((word, index) => ({
      path: word.replace(/^[12]?>>?/, ''),
      isTarget: word.includes('>') || words[index - 1]?.includes('>'),
    }))
    .find(({ path, isTarget }) => OF_ROOT.test(path) && (isTarget || isWritten))?.path;
}

function nameOf(word: string | undefined): string {
  return baseName(word ?? '');
}
