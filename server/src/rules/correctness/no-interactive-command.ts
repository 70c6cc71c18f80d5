import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'no-interactive-command',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3001', 'DF060', 'kics:run_utilities_and_posix_commands', 'semgrep:nonsensical-command'],
    messages: {
      found: '`{command}` has no lasting effect in an image',
    },
    docs: {
      description: 'Do not run programs that need a running system',
      rationale:
        'Editors, process lists and service managers work on a running system. A build step has none, and nothing that they do remains when the step ends.',
      bad: ['FROM debian:12\nRUN service nginx start\n'],
      good: ['FROM debian:12\nCMD ["nginx", "-g", "daemon off;"]\n'],
      references: ['https://docs.docker.com/build/building/best-practices/'],
    },
  },
  create: ({ settings, report }) => ({
    command(command, on) {
      const [name] = command.words;
      const isFound = NAMES.has(command.name) || (settings.dialect !== 'hadolint' && MORE.test(command.name));
      if (!name || on.keyword !== 'RUN' || !isFound || changesFiles(command)) return;
      report(name.span, 'found', { data: { command: command.name } });
    },
  }),
});

/** What hadolint does not know. */
const MORE = /^(?:emacs|halt|htop|nano|poweroff|reboot)$/;

const NAMES: ReadonlySet<string> = new Set([
  'free',
  'ifconfig',
  'kill',
  'mount',
  'ps',
  'service',
  'shutdown',
  'ssh',
  'top',
  'vim',
  'systemctl',
]);

/** `systemctl enable` writes links below /etc/systemd, which stay in the image. With `--now` it needs the manager too. */
function changesFiles({ name, words }: ShellCommand): boolean {
  const values = words.slice(1).map(({ value }) => value);
  return (
    name === 'systemctl' &&
    !values.includes('--now') &&
    UNIT_FILES.has(values.find((one) => !one.startsWith('-')) ?? '')
  );
}

/** The unit file commands of systemctl(1), without `edit`. */
const UNIT_FILES: ReadonlySet<string> = new Set([
  'add-requires',
  'add-wants',
  'disable',
  'enable',
  'link',
  'mask',
  'preset',
  'preset-all',
  'reenable',
  'revert',
  'set-default',
  'unmask',
]);
