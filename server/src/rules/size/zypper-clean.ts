import type { PackageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { uncleanedInstall } from '../shared/cleanAfterInstall';

export default defineRule({
  meta: {
    id: 'zypper-clean',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3036',
      'DS-0020',
      'DS020',
      'AVD-DS-0020',
      'DF045',
      'kics:missing_zypper_clean',
      'semgrep:missing-zypper-clean',
    ],
    fixable: 'safe',
    waste: 'mends',
    messages: {
      missing: '`{command}` keeps its cache in the layer',
      clean: 'Add `{clean}`',
    },
    docs: {
      description: 'Clean the zypper cache in the RUN that installs',
      rationale:
        'zypper keeps repository metadata and downloaded packages under `/var/cache/zypp`. They stay in the layer unless the same RUN removes them; a later RUN only hides them.',
      fixSafety:
        'Safe: the cache is only a copy, and the next install downloads it again. Not offered when the cache is in a mount.',
      bad: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl\n'],
      good: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl && zypper clean --all\n'],
      references: ['https://en.opensuse.org/SDB:Zypper_manual'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const found = uncleanedInstall(dockerfile, node, CHECK);
      if (!found) return;
      const { span, data, edit } = found;
      report(span, 'missing', {
        data,
        fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
      });
    },
  }),
});

const INSTALLS = new Set([
  'install',
  'in',
  'update',
  'up',
  'patch',
  'dist-upgrade',
  'dup',
  'remove',
  'rm',
  'source-install',
  'si',
]);

const CHECK = {
  tools: ['zypper'],
  installs: ({ subcommand }: PackageCommand) => INSTALLS.has(subcommand?.value ?? ''),
  caches: ['/var/cache/zypp'],
  cleans: ['clean', 'cc'],
  command: 'clean --all',
};
