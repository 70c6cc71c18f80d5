import type { PackageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-pip-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3013', 'DF051', 'kics:unpinned_package_version_in_pip_install'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      git: '`{name}` names no tag or commit: pip installs the newest',
      ref: 'Name a tag or a commit: `{name}@…`',
      pin: 'Pin the version: `{name}==…`, or install from a pinned requirements file',
    },
    docs: {
      description: 'Pin the version of every package that pip installs',
      rationale:
        'Without a version, pip installs the newest one on the build date. The same Dockerfile produces different images, and can break although nobody changed it. PyPI keeps every version, so a pin keeps working.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM python:3.12-slim\nRUN pip install --no-cache-dir flask\n'],
      good: [
        'FROM python:3.12-slim\nRUN pip install --no-cache-dir flask==3.0.3\n',
        'FROM python:3.12-slim\nRUN pip install --no-cache-dir -r requirements.txt\n',
      ],
      references: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/'],
    },
  },
  visits: { tools: ['pip', 'pipx'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK, settings.dialect)) {
        const isGit = /^git\+/.test(word.value);
        report(word.span, isGit ? 'git' : 'unpinned', {
          data: { name: word.value },
          fix: { title: isGit ? 'ref' : 'pin', safety: 'manual' },
        });
      }
    },
  }),
});

const CHECK = {
  tools: ['pip', 'pipx'],
  subcommands: ['install'],
  /** `git+https://…/a.git@v1` */
  isPinned: (name: string, call: PackageCommand) =>
    /^git\+/.test(name) ? /@[^/@]+$/.test(name.replace(/[#?].*/, '')) : isNamed(name, call),
};

/**
 * `name==1`, `name>=1`, `name @ https://…`. A constraints file sets the versions; `-e` or a slash marks a local
 * directory.
 */
function isNamed(name: string, call: PackageCommand): boolean {
  return /[=<>~!@#/]|^\./.test(name) || call.has('-c', '--constraint', '-e', '--editable');
}
