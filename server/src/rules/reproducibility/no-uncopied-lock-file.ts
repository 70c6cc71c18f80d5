import { absolutePath, copiedFiles, workdirAt } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { packageCommand } from '../../commands/packageCommand';
import { inheritedInstructions } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { NODE_LOCKS } from '../../project/fileNames';

interface Install {
  readonly manifest: string;
  readonly locks: readonly string[];
  /** Subcommands that install what the manifest lists; '' for none. */
  readonly subcommands: readonly string[];
}

const node = (locks: readonly string[], ...subcommands: string[]): Install => ({
  manifest: 'package.json',
  locks,
  subcommands: ['install', 'i', ...subcommands],
});

/** npm takes the versions in yarn.lock over since version 7. */
const INSTALLS: Readonly<Record<string, Install>> = {
  bun: node(NODE_LOCKS.bun),
  bundle: { manifest: 'Gemfile', locks: ['Gemfile.lock'], subcommands: ['install', ''] },
  composer: { manifest: 'composer.json', locks: ['composer.lock'], subcommands: ['install', 'i'] },
  npm: node([...NODE_LOCKS.npm, ...NODE_LOCKS.yarn], 'ci'),
  pdm: { manifest: 'pyproject.toml', locks: ['pdm.lock'], subcommands: ['install', 'sync'] },
  pnpm: node(NODE_LOCKS.pnpm),
  poetry: { manifest: 'pyproject.toml', locks: ['poetry.lock'], subcommands: ['install', 'sync'] },
  uv: { manifest: 'pyproject.toml', locks: ['uv.lock'], subcommands: ['sync'] },
  yarn: node(NODE_LOCKS.yarn, ''),
};

export default defineRule({
  meta: {
    id: 'no-uncopied-lock-file',
    group: 'reproducibility',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      uncopied: '`{command}` runs without {lock}: no COPY above it takes the file',
      copy: 'Add `{lock}` to the COPY of `{manifest}` above',
    },
    docs: {
      description: 'Copy the lock file before the install that reads it',
      rationale:
        'The project has a lock file, but only the manifest is copied above the install. The package manager then resolves all versions again, and the image contains versions that nobody has tested. Yarn 1 and Poetry do not say so, even with `--frozen-lockfile`.\n\nOnly reported when the files of the build context are known.',
      fixSafety: { manual: 'the image then contains other versions, those of the lock file.' },
      bad: ['FROM node:24-slim\nWORKDIR /app\nCOPY package.json ./\nRUN yarn install --frozen-lockfile\nCOPY . .\n'],
      good: [
        'FROM node:24-slim\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\nCOPY . .\n',
      ],
      references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
    },
  },
  visits: { tools: Object.keys(INSTALLS) },
  create: (all) => ({
    command(command, on) {
      const call = packageCommand(command, Object.keys(INSTALLS), on);
      const install = call && INSTALLS[call.tool];
      const { stage } = on;
      if (!install?.subcommands.includes(call?.subcommand?.value ?? '') || call?.operands.length !== 0 || !stage)
        return;
      if (call.has('-g', '--global', '--no-lockfile', '--no-lock', '--no-package-lock', '--version', '--help')) return;
      const context = all.buildContext && contextOfBuild(all.buildContext);
      // A mount or a script may bring the lock file.
      const isPlain = on.flags.every(({ options }) => options.get('type') !== 'bind') && !/\block\b/.test(on.bodyText);
      if (!context || !isPlain) return;
      const above = inheritedInstructions(stage).filter(({ span }) => span.end <= on.span.start);
      if (above.some(({ keyword, flags }) => keyword === 'COPY' && flags.some(({ name }) => name === 'from'))) return;
      const { files, isComplete } = copiedFiles({ ...stage, instructions: above }, context);
      const manifest = files.get(absolutePath(install.manifest, workdirAt(on)));
      if (!isComplete || manifest === undefined) return;
      const folder = manifest.slice(0, -install.manifest.length);
      const locks = install.locks.filter((name) => context.files.has(folder + name));
      const copied = new Set(files.values());
      const [lock] = locks;
      if (lock === undefined || install.locks.some((name) => copied.has(folder + name))) return;
      all.report((call.subcommand ?? call.command).span, 'uncopied', {
        data: { command: call.subcommand ? `${call.tool} ${call.subcommand.value}` : call.tool, lock },
        fix: { title: 'copy', data: { lock, manifest: install.manifest }, safety: 'manual' },
      });
    },
  }),
});
