import { isMounted, isRemovedAfter } from '../../commands/caches';
import { joinedCommand } from '../../commands/joinedCommand';
import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { isOfInterest } from '../shared/isOfInterest';

const TOOLS = ['dnf', 'yum', 'microdnf', 'dnf5', 'tdnf'];
const CACHES = ['/var/cache/dnf', '/var/cache/yum', '/var/cache/libdnf5', '/var/cache/tdnf'];
const INSTALLS = new Set([
  'install',
  'install-n',
  'install-na',
  'install-nevra',
  'update',
  'upgrade',
  'reinstall',
  'groupinstall',
  'localinstall',
  'builddep',
  'distro-sync',
  'swap',
  'in',
  'up',
  'upgrade-minimal',
  'up-min',
  'rei',
]);

export default defineRule({
  meta: {
    id: 'dnf-clean-all',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3032',
      'DL3040',
      'DS-0015',
      'DS015',
      'DS-0019',
      'DS019',
      'DS-0027',
      'DS027',
      'AVD-DS-0015',
      'AVD-DS-0019',
      'DF046',
      'DF047',
      'kics:yum_clean_all_missing',
      'kics:missing_dnf_clean_all',
      'semgrep:missing-yum-clean-all',
      'semgrep:missing-dnf-clean-all',
      'yumInstallRmVarCacheYum',
      'AVD-DS-0027',
    ],
    fixable: 'safe',
    waste: 'mends',
    messages: {
      missing: '`{tool} {subcommand}` without `{tool} clean all` in the same RUN',
      clean: 'Add `{tool} clean all`',
    },
    docs: {
      description: 'Clean the dnf, yum or microdnf cache in the RUN that installs',
      rationale:
        'dnf and yum keep repository metadata and downloaded packages under `/var/cache`. They stay in the layer unless the same RUN removes them; a later RUN only hides them.',
      fixSafety: {
        safe: 'the cache is only a copy, and the next install downloads it again.',
        notes: 'Not offered when the cache is in a cache mount.',
      },
      bad: ['FROM fedora:40\nRUN dnf install -y httpd\n'],
      good: [
        'FROM fedora:40\nRUN dnf install -y httpd && dnf clean all\n',
        'FROM fedora:40\nRUN dnf install -y httpd && rm -rf /var/cache/dnf\n',
        'FROM fedora:40\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y httpd\n',
      ],
      references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#clean-command'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, settings, report }) => ({
    instruction(node) {
      if (!node.script) return;
      const call = node.script.commands.map((command) => packageCommand(command, TOOLS)).findLast(isInstall);
      if (!call?.subcommand || isMounted(node, CACHES) || !isOfInterest(dockerfile, node, settings)) return;
      // `no-missing-operator` reports `dnf install … \` above `dnf clean all`.
      if (joinedCommand(call.command, dockerfile.text) || isCleanedAfter(node, call.command)) return;
      if (call.has('--installroot', '--downloadonly')) return;
      const data = { tool: call.tool, subcommand: call.subcommand.value };
      const edit = appendCommand(dockerfile, node, `${sudoPrefix(call.command)}${call.tool} clean all`);
      report(call.subcommand.span, 'missing', {
        alias: call.tool === 'yum' ? 'DL3032' : 'DL3040',
        data,
        fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
      });
    },
  }),
});

function isInstall(call: ReturnType<typeof packageCommand>): boolean {
  const { subcommand, operands = [] } = call ?? {};
  // `dnf module install nodejs:20`, `dnf group install tools`
  const name = /^(?:module|groups?|environment)$/.test(subcommand?.value ?? '')
    ? operands[0]?.value
    : subcommand?.value;
  return name !== undefined && INSTALLS.has(name);
}

function isCleanedAfter(node: Instruction, install: ShellCommand): boolean {
  if (isRemovedAfter(node, install, CACHES)) return true;
  // `clean metadata` and the like leave the rest.
  return (node.script?.commands ?? []).some((command) => {
    const call = command.span.start > install.span.start ? packageCommand(command, TOOLS) : undefined;
    return (
      call?.subcommand?.value === 'clean' &&
      !call.operands.some(({ value }) => /^(?:metadata|expire-cache|headers)$/.test(value))
    );
  });
}
