import { lacksOption } from '../../app/oldTools';
import { isMissedLater, isMounted, isRemovedAfter } from '../../commands/caches';
import { isFollowedBy, packageCommand } from '../../commands/packageCommand';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { RuleSettings } from '../../engine/ruleSettings';
import type { ShellCommand } from '../../shell/script';
import { isOfInterest } from '../shared/isOfInterest';

const TOOLS = ['pip'];
const CACHES = ['/root/.cache/pip'];
const SWITCH = 'PIP_NO_CACHE_DIR';
const FOLDERS = ['PIP_CACHE_DIR', 'PIP_CONFIG_FILE'];

export default defineRule({
  meta: {
    id: 'pip-no-cache-dir',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3042', 'DF030', 'kics:pip_install_keeping_cached_packages', 'semgrep:missing-pip-no-cache-dir'],
    fixable: 'safe',
    waste: 'mends',
    messages: {
      missing: '`pip install` without --no-cache-dir keeps its downloads in the layer',
      add: 'Add --no-cache-dir',
      byHand: 'Add --no-cache-dir, and remove the cleanup below that expects it',
    },
    advice: { missing: 'byHand' },
    docs: {
      description: 'Install Python packages with --no-cache-dir',
      rationale:
        'pip caches every wheel that it downloads or builds to make the next install faster. In an image there is no next install: the cache is a second copy of the packages that nothing reads.',
      fixSafety: { safe: 'the same packages are installed, without the copies in the cache.' },
      bad: ['FROM python:3.11-slim\nRUN pip install flask==3.0.3\n'],
      good: [
        'FROM python:3.11-slim\nRUN pip install --no-cache-dir flask==3.0.3\n',
        'FROM python:3.11-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask==3.0.3\n',
        'FROM python:3.11-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.0.3\n',
      ],
      references: ['https://pip.pypa.io/en/stable/topics/caching/#disabling-caching'],
    },
  },
  visits: { tools: ['pip'] },
  create: ({ dockerfile, settings, report }) => ({
    command(command, on) {
      const install = packageCommand(command, TOOLS, on);
      if (install?.subcommand?.value !== 'install') return;
      if (install.has('--no-cache-dir', '--no-cache', '--cache-dir') || !isKept(dockerfile, on, settings)) return;
      if (isSwitchedOff(command, on) || isMounted(on, CACHES) || isCleaned(command, on)) return;
      // Such a pip keeps nothing.
      if (lacksOption('pip', command, on)) return;
      const at = install.subcommand.span;
      // A later command that removes the cache would find nothing and fail the build.
      if (isMissedLater(dockerfile, on, CACHES)) return report(at, 'missing');
      report(at, 'missing', {
        fix: {
          title: 'add',
          safety: 'safe',
          edits: [{ span: { start: at.end, end: at.end }, newText: ' --no-cache-dir' }],
        },
      });
    },
  }),
});

/** A stage that no other stage uses is a separate image. Files that a builder leaves behind are discarded. */
function isKept(dockerfile: DockerfileModel, on: Instruction, settings: RuleSettings): boolean {
  return on.stage?.usedBy.length === 0 || isOfInterest(dockerfile, on, settings);
}

/** True if an environment variable of the image, the script or the command turns the cache off. */
function isSwitchedOff(command: ShellCommand, on: Instruction): boolean {
  const words = (on.script?.commands ?? []).flatMap((other) => [
    ...other.assignments,
    ...other.words
      .filter((word) => word.value.startsWith('PIP_'))
      .map((word) => ({ name: word.value.split('=')[0] ?? '', value: word.value.split('=')[1] })),
  ]);
  const given = [...command.assignments, ...words].find(({ name }) => name === SWITCH)?.value;
  if (given !== undefined) return isOn(given);
  const resolved = on.resolve(SWITCH);
  if (resolved) return isOn(resolved.value);
  return words.some(({ name }) => FOLDERS.includes(name)) || FOLDERS.some((name) => on.resolve(name) !== undefined);
}

/** An unknown value counts as on: the author set it on purpose. */
function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|off|false|no|n|f)?$/i.test(value);
}

function isCleaned(command: ShellCommand, on: Instruction): boolean {
  return isRemovedAfter(on, command, [...CACHES, '/root/.cache']) || isFollowedBy(on, command, TOOLS, 'cache');
}
