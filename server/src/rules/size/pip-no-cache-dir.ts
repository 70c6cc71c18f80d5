import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { isMounted, isRemovedAfter } from '../shared/caches';
import { isInFinalImage } from '../shared/finalStages';
import { isFollowedBy, packageCommand } from '../shared/packageCommand';

const TOOLS = ['pip'];
const CACHES = ['/root/.cache/pip'];

export default defineRule({
  meta: {
    id: 'pip-no-cache-dir',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3042', 'DF030', 'kics:pip_install_keeping_cached_packages', 'semgrep:missing-pip-no-cache-dir'],
    fixable: 'safe',
    messages: {
      missing: '`pip install` without --no-cache-dir keeps its downloads in the layer',
      add: 'Add --no-cache-dir',
    },
    docs: {
      description: 'Install Python packages with --no-cache-dir',
      rationale:
        'pip keeps every wheel that it downloads or builds in its cache, so that the next install is faster. In an image there is no next install: the cache is a second copy of the packages that nobody reads.',
      fixSafety: 'Safe: the same packages are installed, only the copies in the cache are not kept.',
      bad: ['FROM python:3.11-slim\nRUN pip install flask==3.0.3\n'],
      good: [
        'FROM python:3.11-slim\nRUN pip install --no-cache-dir flask==3.0.3\n',
        'FROM python:3.11-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask==3.0.3\n',
        'FROM python:3.11-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.0.3\n',
      ],
      references: ['https://pip.pypa.io/en/stable/topics/caching/#disabling-caching'],
    },
  },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const install = packageCommand(command, TOOLS);
      if (on.keyword !== 'RUN' || install?.subcommand?.value !== 'install') return;
      if (install.has('--no-cache-dir', '--no-cache', '--cache-dir') || !isInFinalImage(dockerfile, on)) return;
      if (isSwitchedOff(command, on) || isMounted(on, CACHES) || isCleaned(command, on)) return;
      const at = install.subcommand.span;
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

/** By an environment variable of the image, of the script or of the command. */
function isSwitchedOff(command: ShellCommand, on: Instruction): boolean {
  const exported = (on.script?.commands ?? []).flatMap((other) => [
    ...other.assignments.map(({ name, value }) => isOff(name, value)),
    ...other.words.map((word) => {
      const at = word.value.indexOf('=');
      return at > 0 && isOff(word.value.slice(0, at), word.value.slice(at + 1));
    }),
  ]);
  return (
    exported.includes(true) ||
    command.assignments.some(({ name, value }) => isOff(name, value)) ||
    NAMES.some((name) => {
      const resolved = on.resolve(name);
      return resolved !== undefined && isOff(name, resolved.value);
    })
  );
}

const NAMES = ['PIP_NO_CACHE_DIR', 'PIP_CACHE_DIR', 'PIP_CONFIG_FILE'];

/** A cache or a configuration of somebody's own is a decision; `PIP_NO_CACHE_DIR=0` leaves the cache on. */
function isOff(name: string, value: string | undefined): boolean {
  if (!NAMES.includes(name)) return false;
  return name !== 'PIP_NO_CACHE_DIR' || !/^(?:0|off|no|false|)$/i.test(value ?? 'unknown');
}

function isCleaned(command: ShellCommand, on: Instruction): boolean {
  return isRemovedAfter(on, command, [...CACHES, '/root/.cache']) || isFollowedBy(on, command, TOOLS, 'cache');
}
