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
      unpinned: '`{name}` is installed without a version',
      git: '`{name}` names no tag or commit: pip installs the newest',
      ref: 'Name a tag or a commit: `{name}@…`',
      pin: 'Name a version: `{name}==…`, or install from a requirements file with versions',
    },
    docs: {
      description: 'Name the version of every package that pip installs',
      rationale:
        'Without a version pip takes the newest, which is another one next month: the same Dockerfile then makes another image, and breaks on a day when nobody has changed it. PyPI keeps every version, so that a pin holds for good.',
      fixSafety: 'Explained only: which version is meant, no file tells.',
      bad: ['FROM python:3.12-slim\nRUN pip install --no-cache-dir flask\n'],
      good: [
        'FROM python:3.12-slim\nRUN pip install --no-cache-dir flask==3.0.3\n',
        'FROM python:3.12-slim\nRUN pip install --no-cache-dir -r requirements.txt\n',
      ],
      references: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/'],
    },
  },
  visits: { tools: ['pip', 'pipx'] },
  create: ({ report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK)) {
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

/** `name==1`, `name>=1`, `name @ https://…`; a constraints file names the versions, `-e` and a slash a folder. */
function isNamed(name: string, call: PackageCommand): boolean {
  return /[=<>~!@#/]|^\./.test(name) || call.has('-c', '--constraint', '-e', '--editable');
}
