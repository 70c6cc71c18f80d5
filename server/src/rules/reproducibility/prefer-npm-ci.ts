import { isChangedBefore } from '../../app/changedManifests';
import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { lacksNpmCi, readsOldLocksOnly } from '../../app/oldTools';
import { isFallback, packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { type JsonRecord, parseJson, recordOf } from '../../text/jsonValue';

export default defineRule({
  meta: {
    id: 'prefer-npm-ci',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF031'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    phase: 'installs',
    messages: {
      install: '`npm install` may ignore and rewrite the lock file',
      ci: 'Use `npm ci`',
    },
    docs: {
      description: 'Install from the lock file with npm ci',
      rationale:
        'If package.json and the lock file differ, `npm install` resolves versions again and rewrites the lock file. `npm ci` installs exactly what the lock file says, or fails.',
      fixSafety: {
        unsafe:
          '`npm ci` fails if the lock file and package.json do not match, and deletes an existing `node_modules`.',
      },
      bad: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm install\n'],
      good: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\n'],
      references: ['https://docs.npmjs.com/cli/commands/npm-ci'],
    },
  },
  visits: { tools: ['npm'] },
  create: ({ buildContext, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['npm'], on);
      const subcommand = call?.subcommand;
      if (!subcommand || !/^(?:install|i)$/.test(subcommand.value) || call.operands.length > 0) return;
      if (
        call.has(
          '-g',
          '--global',
          '--no-package-lock',
          '--package-lock-only',
          '--location',
          '--force',
          '-f',
          '--legacy-peer-deps',
        )
      )
        return;
      if (isFallback(command, on, (other) => packageCommand(other, ['npm'], on)?.subcommand?.value === 'ci')) return;
      // Also `rm package*`.
      if (isChangedBefore(command, on, (path) => /^\/package[\w-]*(?:\.json|\*)/.test(path))) return;
      if (lacksNpmCi(on) || !copiesLockFile(on, buildContext) || isOutOfStep(on, buildContext)) return;
      report(subcommand.span, 'install', {
        fix: { title: 'ci', safety: 'unsafe', edits: [{ span: subcommand.span, newText: 'ci' }] },
      });
    },
  }),
});

/** True if the lock file does not match package.json: then `npm ci` fails. */
function isOutOfStep(run: Instruction, context: BuildContext | undefined): boolean {
  if (!context) return false;
  const files = filesBefore(run, context);
  const folders = [...files.keys()].filter((path) => path.endsWith('/package-lock.json')).map(folderOf);
  const own = folders.filter((folder) => folder === workdirAt(run));
  // A `cd` may lead to another directory.
  return (own.length > 0 ? own : folders).some((folder) => {
    const manifest = jsonOf(context, files.get(absolutePath('package.json', folder)));
    const lock = jsonOf(context, files.get(absolutePath('package-lock.json', folder)));
    return manifest !== undefined && lock !== undefined && !(agrees(manifest, lock) && isRead(lock, run));
  });
}

function filesBefore(run: Instruction, context: BuildContext): Map<string, string> {
  const files = new Map<string, string>();
  for (const node of run.stage?.instructions ?? []) {
    if (node.keyword !== 'COPY' || node.span.start > run.span.start) continue;
    for (const [target, source] of copiedBy(node, context, files) ?? []) files.set(target, source);
  }
  return files;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function jsonOf(context: BuildContext, path: string | undefined): JsonRecord | undefined {
  return recordOf(parseJson(path && context.read(path)));
}

/** npm before version 7 knows only the part of the lock file that version 3 has not. */
function isRead(lock: JsonRecord, run: Instruction): boolean {
  return lock['dependencies'] !== undefined || lock['packages'] === undefined || !readsOldLocksOnly(run);
}

/** From version 2 on, the lock file repeats the dependencies of package.json. Version 1 at least contains all names. */
function agrees(manifest: JsonRecord, lock: JsonRecord): boolean {
  const root = recordOf(recordOf(lock['packages'])?.['']);
  if (root) return KINDS.every((kind) => listOf(root[kind]) === listOf(manifest[kind]));
  if (lock.packages === undefined && lock.dependencies === undefined) return true;
  const locked = new Set(Object.keys(recordOf(lock['dependencies']) ?? {}));
  return ['dependencies', 'devDependencies']
    .flatMap((kind) => Object.keys(recordOf(manifest[kind]) ?? {}))
    .every((name) => locked.has(name));
}

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

function listOf(value: unknown): string {
  return JSON.stringify(Object.entries(recordOf(value) ?? {}).sort());
}

/** By name, or with its directory if the file is in the build context. */
function copiesLockFile(run: Instruction, context: BuildContext | undefined): boolean {
  return (run.stage?.instructions ?? []).some((node) => {
    if (node.keyword !== 'COPY' || node.span.start > run.span.start || node.flags.some(({ name }) => name === 'from'))
      return false;
    return node.args.slice(0, -1).some(({ value }) => {
      if (/package-lock\.json$|package(?:-lock)?\*/.test(value))
        return context === undefined || !value.includes('*') || context.files.has('package-lock.json');
      return /^(?:\.\/?|\*)$/.test(value) && context?.files.has('package-lock.json') === true;
    });
  });
}
