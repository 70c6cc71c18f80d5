import { inheritedInstructions, lineage } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';

/** What speaks against a change of user: shown to the user instead of a fix. */
export interface RootNeed {
  readonly kind: 'port' | 'volume' | 'program' | 'home';
  /** The port, path or program. */
  readonly name: string;
}

/** Programs that switch the user themselves when the container starts. */
const STEP_DOWN =
  /(?:^|[/\s"'])(?:gosu|su-exec|setpriv|runuser|s6-overlay|s6-svscan|s6-setuidgid|chpst|fixuid)(?:$|[-/\s"':.])/;

/** Programs that start as root: servers that open low ports or switch users, and process supervisors. */
const ROOT_PROGRAMS = new Set([
  'apache2',
  'apache2-foreground',
  'apache2ctl',
  'apachectl',
  'cron',
  'crond',
  'dockerd',
  'dovecot',
  'haproxy',
  'httpd',
  'init',
  'inetd',
  'mysqld',
  'named',
  'nginx',
  'openvpn',
  'php-fpm',
  'postfix',
  'rsyslogd',
  'runsvdir',
  'service',
  'smbd',
  'sshd',
  'sudo',
  'supervisord',
  'systemctl',
  'systemd',
  'unitd',
  'vsftpd',
  'xinetd',
]);

const STARTING = new Set(['CMD', 'ENTRYPOINT']);

/** True when the stage, or a parent of it, brings a program along that steps down from root at the start. */
export function dropsPrivileges(stage: Stage): boolean {
  return lineage(stage).some((one) => one.instructions.some((node) => STEP_DOWN.test(node.bodyText)));
}

export function rootNeed(stage: Stage): RootNeed | undefined {
  for (const node of inheritedInstructions(stage)) {
    const need = needOf(node);
    if (need) return need;
  }
  return undefined;
}

function needOf(node: Instruction): RootNeed | undefined {
  if (node.keyword === 'EXPOSE') {
    const port = node.args
      .map((word) => node.expand(word.text) ?? '')
      .find((value) => Number.parseInt(value, 10) < 1024);
    if (port !== undefined) return { kind: 'port', name: port };
  }
  if (node.keyword === 'VOLUME') {
    return { kind: 'volume', name: node.args[0]?.value ?? '' };
  }
  if (STARTING.has(node.keyword)) {
    const program = startedPrograms(node).find((name) => ROOT_PROGRAMS.has(name));
    if (program !== undefined) return { kind: 'program', name: program };
  }
  return /(?:^|[\s"'=:])(?:\/root(?:\/|[\s"':]|$)|~\/)|\$\{?HOME\b|\bpip3?\s.*--user\b/.test(node.bodyText)
    ? { kind: 'home', name: '/root' }
    : undefined;
}

function startedPrograms(node: Instruction): string[] {
  const fromScript = (node.script?.commands ?? []).flatMap((command) => [
    command.name,
    ...command.wrappers.map((word) => word.value),
  ]);
  const fromList = node.form === 'exec' ? node.args.map((word) => word.value) : [];
  return [...fromScript, ...fromList].map((program) => program.split('/').pop() ?? '');
}
