import { workdirAt } from '../../app/copiedFiles';
import { omitsDevelopment } from '../../app/developmentPackages';
import { type PackageJson, readPackageJson } from '../../app/packageJson';
import { createSite } from '../../app/site';
import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule, type RuleContext } from '../../engine/rule';
import { packageOf } from '../../knowledge/nodePrograms';
import type { ShellCommand } from '../../shell/script';

type MessageId = 'missing' | 'without' | 'include' | 'prune';

export default defineRule<MessageId>({
  meta: {
    id: 'install-dev-dependencies',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      missing: '`{script}` needs {name}, which NODE_ENV=production does not install',
      without: '`{command}` runs without devDependencies, which {cause} leaves out',
      include: 'Add `{option}`',
      prune: 'Install all dependencies, and remove those for development after the build',
    },
    docs: {
      description: 'Install the development dependencies that a build needs',
      rationale:
        'With `NODE_ENV=production`, npm, pnpm and Yarn 1 leave out `devDependencies`. Compilers and bundlers are usually among them, so the build step below fails with `tsc: not found`. Set `NODE_ENV` after the build, or in the final stage.\n\nAn error when package.json shows it. Without package.json at hand, only programs that compile or bundle are reported, and at a lower level `npm run build`.',
      fixSafety: {
        unsafe: 'the image then also contains the development dependencies, unless a later stage leaves them out.',
      },
      bad: ['FROM node:22\nENV NODE_ENV=production\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n'],
      good: ['FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nENV NODE_ENV=production\n'],
      references: ['https://docs.npmjs.com/cli/v11/commands/npm-ci#omit'],
    },
  },
  create: (context) => ({
    stage(stage) {
      const { dockerfile, knowledge, report } = context;
      const [install, another] = callsIn(stage).filter(isInstall);
      if (!install || another || install.call.command.isConditional) return;
      const buildContext = leavesOut(install) ? context.buildContext : undefined;
      const site = buildContext && createSite(dockerfile, stage, knowledge, buildContext);
      const json = site && readPackageJson(site, workdirAt(install.on));
      if (!json) return reportUnseen(stage, install, report);
      if (json.hasWorkspaces || readsBerry(install.call, json)) return;
      const build = buildAfter(stage, install.on, json);
      const script = build && json.scripts[build.script];
      const name = script === undefined ? undefined : missingFor(script, json, dockerfile.text);
      if (!build || name === undefined) return;
      const option = OPTIONS[install.call.tool];
      const at = install.call.subcommand ?? install.call.command.words[0];
      report(build.call.command.span, 'missing', {
        data: { script: build.script, name },
        fix:
          option === undefined || !at
            ? undefined
            : { title: 'include', data: { option }, safety: 'unsafe', edits: [addOption(at, option)] },
      });
    },
  }),
});

const TOOLS = ['npm', 'pnpm', 'yarn'];
const OPTIONS: Readonly<Record<string, string>> = {
  npm: '--include=dev',
  pnpm: '--prod=false',
  yarn: '--production=false',
};

interface Call {
  readonly on: Instruction;
  readonly call: PackageCommand;
}

/** A build below an install without development dependencies, where package.json is not at hand. */
function reportUnseen(stage: Stage, install: Call, report: RuleContext<MessageId>['report']): void {
  const { on, call } = install;
  // Later versions of Yarn do not read NODE_ENV, and do not know this option.
  if (call.tool === 'yarn' && !call.has('--frozen-lockfile')) return;
  const isChosen = omitsDevelopment(call.command);
  if (call.has('-g', '--global') || !(isChosen || leavesOut(install))) return;
  const build = stage.instructions
    .filter(({ span, bodyText }) => span.start >= on.span.start && !/NODE_ENV|--include|--prod=false/.test(bodyText))
    .flatMap(({ keyword, script }) => (keyword === 'RUN' ? (script?.commands ?? []) : []))
    .find((command) => command.span.start > call.command.span.start && !command.isConditional && buildOf(command));
  const option = OPTIONS[call.tool];
  const at = call.subcommand ?? call.command.words[0];
  if (!build || option === undefined || !at) return;
  report(build.span, 'without', {
    severity: buildOf(build) === 'compiler' ? 'warning' : 'info',
    data: { command: calledAs(build), cause: isChosen ? calledAs(call.command) : 'NODE_ENV=production' },
    fix: isChosen
      ? { title: 'prune', safety: 'manual' }
      : { title: 'include', data: { option }, safety: 'unsafe', edits: [addOption(at, option)] },
  });
}

const COMPILER = /^(?:tsc|webpack|vite|rollup|esbuild|parcel|ng|gulp|grunt|tsup|swc|nest|babel|vue-cli-service)$/;

/** A compiler or bundler that is called by name, or the script `build`, which usually calls one. */
function buildOf({ name, words }: ShellCommand): 'compiler' | 'script' | undefined {
  const [, first = '', second = ''] = words.map(({ value }) => value);
  // npx downloads what is not installed, but nothing of this name compiles.
  if (COMPILER.test(name) || (name === 'npx' && first === 'tsc')) return 'compiler';
  if (!/^(?:npm|npx|yarn|pnpm)$/.test(name)) return undefined;
  const called = /^(?:run|run-script|exec)$/.test(first) ? second : name === 'npm' ? '' : first;
  if (name !== 'npx' && COMPILER.test(called)) return 'compiler';
  return /^build(?::[\w:-]+)?$/.test(called) || COMPILER.test(called) ? 'script' : undefined;
}

function calledAs({ words }: ShellCommand): string {
  const text = words.map((word) => word.text).join(' ');
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function callsIn(stage: Stage): Call[] {
  return stage.instructions.flatMap((on) =>
    on.keyword === 'RUN'
      ? (on.script?.commands ?? []).flatMap((command) => {
          const call = packageCommand(command, TOOLS, on);
          return call ? [{ on, call }] : [];
        })
      : [],
  );
}

function isInstall({ call }: Call): boolean {
  return /^(?:ci|install|i|clean-install|add|)$/.test(call.subcommand?.value ?? '') || call.has('--include');
}

/** True for an install of all dependencies that NODE_ENV limits to those for production. */
function leavesOut({ on, call }: Call): boolean {
  const isProduction = on.resolve('NODE_ENV')?.value === 'production';
  const setsOther = /NODE_ENV|NPM_CONFIG|npm_config|YARN_/.test(on.bodyText);
  const hasDev = call.has(
    '--include',
    '--include=dev',
    '--production',
    '--prod',
    '--dev',
    '-D',
    '-g',
    '--global',
    '-P',
  );
  return isProduction && !setsOther && !hasDev && call.operands.length === 0;
}

/** Later versions of Yarn do not read NODE_ENV. */
function readsBerry({ tool }: PackageCommand, { packageManager }: PackageJson): boolean {
  return tool === 'yarn' && !/^yarn@1\./.test(packageManager ?? '');
}

function buildAfter(stage: Stage, install: Instruction, { scripts }: PackageJson) {
  for (const { on, call } of callsIn(stage)) {
    const name = call.subcommand?.value ?? '';
    const script = /^(?:run|run-script)$/.test(name) ? call.operands[0]?.value : call.tool === 'npm' ? undefined : name;
    const isBelow = on.span.start >= install.span.start && !/NODE_ENV/.test(on.bodyText);
    if (isBelow && script !== undefined && Object.hasOwn(scripts, script)) return { script, call };
  }
  return undefined;
}

/** A package whose program the script calls first, and which is only a development dependency. */
function missingFor(script: string, { devDependencies, dependencies }: PackageJson, text: string): string | undefined {
  const programs = script.split(/&&|;/).map((part) => part.trim().split(/\s+/)[0] ?? '');
  const names = programs.flatMap((program) => [packageOf(program), program]);
  return names.find((name) => devDependencies.has(name) && !dependencies.has(name) && !text.includes(name));
}
