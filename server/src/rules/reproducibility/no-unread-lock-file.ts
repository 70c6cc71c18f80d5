import { absolutePath, copiedFiles, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import { readPackageJson } from '../../app/packageJson';
import { contextOfBuild, createSite, type Site } from '../../app/site';
import { startInstructions } from '../../app/start/startInstructions';
import { startWords } from '../../app/start/startWords';
import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { NODE_LOCKS } from '../../project/fileNames';
import { parseText } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'no-unread-lock-file',
    group: 'reproducibility',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      build: '`{command}` does not read {lock}: every build may install other versions',
      start: '`{script}` runs `{command}`, which does not read {lock}',
      manager: 'Install with the package manager that wrote {lock}',
    },
    docs: {
      description: 'Install with the package manager that wrote the lock file',
      rationale:
        'npm does not read `pnpm-lock.yaml` or `bun.lock`, and pnpm does not read `package-lock.json`: the versions in the lock file are not those in the image. A script that installs when the container starts does so unnoticed.\n\nOnly reported when all files of the build context are known, and the package manager that runs has no lock file there.',
      fixSafety: { manual: 'another package manager lays out `node_modules` in another way.' },
      bad: ['FROM node:22\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN npm install\n'],
      good: [
        'FROM node:22\nWORKDIR /app\nRUN npm install --global pnpm@10\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\n',
      ],
      references: ['https://pnpm.io/cli/import', 'https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json'],
    },
  },
  create: ({ dockerfile, knowledge, buildContext, report }) => ({
    stage(stage) {
      // Most stages call no such manager: the files beside them are not listed.
      if (!stage.instructions.some(({ span }) => MANAGER.test(dockerfile.text.slice(span.start, span.end)))) return;
      const context = buildContext?.isComplete ? contextOfBuild(buildContext) : undefined;
      // `pnpm import` takes the versions over.
      if (!context || stage.instructions.some(({ bodyText }) => /\bpnpm import\b/.test(bodyText))) return;
      const { files } = copiedFiles(stage, context);
      for (const node of stage.instructions) {
        const manifest = files.get(absolutePath('package.json', workdirAt(node)));
        if (node.keyword !== 'RUN' || manifest === undefined) continue;
        const found = unreadBy(node.script?.commands ?? [], manifest, context);
        if (!found) continue;
        const { call, lock } = found;
        const data = { command: `${call.tool} ${call.subcommand?.value}`, lock };
        report(call.command.span, 'build', { data, fix: { title: 'manager', data, safety: 'manual' } });
      }
      const site = stage.isFinal && createSite(dockerfile, stage, knowledge, buildContext ?? context);
      const [start] = startInstructions(stage);
      const manifest = files.get(absolutePath('package.json', workdirAtEnd(stage.instructions)));
      const script = site && scriptOf(startWords(stage));
      if (!start || !script || manifest === undefined) return;
      const found = unreadBy(commandsOf(site, script), manifest, context);
      if (!found) return;
      const { call, lock } = found;
      const data = { command: `${call.tool} ${call.subcommand?.value}`, lock, script };
      report(start.body, 'start', { data, fix: { title: 'manager', data, safety: 'manual' } });
    },
  }),
});

/** In a RUN and its heredoc, or in the command that the container starts with. */
const MANAGER = /npm|yarn/;

/** The first install by a manager without a lock file of its own, and the lock file that lies there instead. */
function unreadBy(
  commands: readonly ShellCommand[],
  manifest: string,
  { files }: BuildContext,
): { call: PackageCommand; lock: string } | undefined {
  const names = new Set([...files.keys()].map((path) => baseName(path)));
  const folder = manifest.slice(0, -'package.json'.length);
  for (const command of commands) {
    const call = packageCommand(command, Object.keys(FOREIGN));
    if (!call || !/^(?:i|install)$/.test(call.subcommand?.value ?? '') || call.operands.length > 0) continue;
    const { own, foreign } = FOREIGN[call.tool] ?? { own: [], foreign: [] };
    const lock = foreign.find((name) => files.has(folder + name));
    if (lock !== undefined && !own.some((name) => names.has(name)) && !call.has('-g', '--global'))
      return { call, lock };
  }
  return undefined;
}

interface Locks {
  readonly own: readonly string[];
  readonly foreign: readonly string[];
}

/**
 * npm takes versions from yarn.lock since version 7:
 * https://blog.npmjs.org/post/621733939456933888/npm-v7-series-why-keep-package-lockjson (read 2026-11).
 */
const FOREIGN: Readonly<Record<string, Locks>> = {
  npm: { own: NODE_LOCKS.npm, foreign: [...NODE_LOCKS.pnpm, ...NODE_LOCKS.bun] },
  pnpm: { own: NODE_LOCKS.pnpm, foreign: [...NODE_LOCKS.npm, ...NODE_LOCKS.yarn, ...NODE_LOCKS.bun] },
};

/** The script of package.json that the container starts. */
function scriptOf(words: readonly string[] = []): string | undefined {
  const [tool = '', verb, name] = words;
  if (!/^(?:npm|pnpm|yarn)$/.test(tool)) return undefined;
  return verb === 'run' ? name : verb;
}

function commandsOf(site: Site, script: string): ShellCommand[] {
  const { scripts = {} } = readPackageJson(site, workdirAtEnd(site.stage.instructions)) ?? {};
  return [`pre${script}`, script].flatMap((name) => {
    const text = Object.hasOwn(scripts, name) ? (scripts[name] ?? '') : '';
    const { commands, errors } = parseText(text);
    return errors.length > 0 ? [] : commands;
  });
}
