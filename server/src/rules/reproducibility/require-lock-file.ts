import { copiedFiles } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { NODE_LOCKS } from '../../project/fileNames';
import { baseName } from '../../text/paths';

interface Lock {
  readonly manifest: string;
  readonly locks: readonly string[];
  readonly installs: (call: PackageCommand) => boolean;
  /** True for calls that stop without a lock file. */
  readonly needsLock?: (call: PackageCommand) => boolean;
}

const LOCKS: Readonly<Record<string, Lock>> = {
  npm: {
    manifest: 'package.json',
    locks: NODE_LOCKS.npm,
    installs: ({ subcommand }) => /^(?:ci|clean-install)$/.test(subcommand?.value ?? ''),
    needsLock: () => true,
  },
  pnpm: {
    manifest: 'package.json',
    locks: NODE_LOCKS.pnpm,
    installs: (call) => /^(?:install|i)$/.test(call.subcommand?.value ?? '') && call.has('--frozen-lockfile'),
    needsLock: () => true,
  },
  poetry: {
    manifest: 'pyproject.toml',
    locks: ['poetry.lock'],
    installs: ({ subcommand }) => /^(?:install|sync)$/.test(subcommand?.value ?? ''),
  },
  uv: {
    manifest: 'pyproject.toml',
    locks: ['uv.lock'],
    installs: (call) => call.subcommand?.value === 'sync',
    needsLock: (call) => call.has('--locked', '--frozen'),
  },
  bundle: {
    manifest: 'Gemfile',
    locks: ['Gemfile.lock', 'gems.locked'],
    installs: ({ subcommand }) => subcommand?.value === 'install',
  },
  composer: {
    manifest: 'composer.json',
    locks: ['composer.lock'],
    installs: ({ subcommand }) => subcommand?.value === 'install',
  },
};

export default defineRule({
  meta: {
    id: 'require-lock-file',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      resolves: '`{command}` finds no {lock}: every build may install other versions',
      fails: '`{command}` needs {lock}, which is not in the build context',
      commit: 'Create {lock}, commit it, and copy it next to {manifest}',
    },
    docs: {
      description: 'Install dependencies from a lock file',
      rationale:
        'Without a lock file the package manager resolves all versions again in each build, so an image that worked yesterday may not build today. `npm ci`, `pnpm install --frozen-lockfile` and `uv sync --locked` stop without it.\n\nOnly reported when all files of the build context are known and a copied manifest has no lock file.',
      fixSafety: { manual: 'the package manager has to write the lock file.' },
      bad: ['FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN pip install poetry && poetry install\n'],
      good: [
        'FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN pip install poetry && poetry install\n',
      ],
      references: ['https://python-poetry.org/docs/basic-usage/#committing-your-poetrylock-file-to-version-control'],
    },
  },
  visits: { tools: Object.keys(LOCKS) },
  create: ({ buildContext, report }) => ({
    command(command, on) {
      const call = packageCommand(command, Object.keys(LOCKS), on);
      const lock = call && LOCKS[call.tool];
      if (!call?.subcommand || !lock?.installs(call) || !on.stage || call.operands.length > 0) return;
      const context = buildContext?.isComplete ? contextOfBuild(buildContext) : undefined;
      if (!context || !lacksLock(on, on.stage, context, lock)) return;
      const fails = lock.needsLock?.(call) === true;
      const data = {
        command: `${call.tool} ${call.subcommand.value}`,
        lock: lock.locks[0] ?? '',
        manifest: lock.manifest,
      };
      report(call.subcommand.span, fails ? 'fails' : 'resolves', {
        ...(fails ? { severity: 'error' as const } : {}),
        data,
        fix: { title: 'commit', data, safety: 'manual' },
      });
    },
  }),
});

/** True if the manifest comes from the build context, and nothing there or in the steps above is a lock file. */
function lacksLock(on: Instruction, stage: Stage, context: BuildContext, { manifest, locks }: Lock): boolean {
  const { files, isComplete } = copiedFiles(stage, context);
  const isManifest = [...files.keys()].some((path) => path.endsWith(`/${manifest}`));
  const isLock = [...context.files.keys()].some((path) => locks.includes(baseName(path)));
  if (!isComplete || !isManifest || isLock) return false;
  return stage.instructions.every(
    ({ span, keyword, flags, bodyText, heredocs }) =>
      span.start > on.span.start ||
      (!locks.some((lock) => bodyText.includes(lock)) &&
        heredocs.length === 0 &&
        !/\block\b|git\s+clone|\bcurl\b|\bwget\b|npm\s+(?:i|install)\b/.test(bodyText) &&
        !(keyword === 'COPY' && flags.some(({ name }) => name === 'from'))),
  );
}
