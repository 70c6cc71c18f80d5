import { packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-npm-ci',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF031'],
    fixable: 'unsafe',
    messages: {
      install: '`npm install` may change what the lock file says',
      ci: 'Use `npm ci`',
    },
    docs: {
      description: 'Install from the lock file with npm ci',
      rationale:
        '`npm install` resolves versions anew where package.json and the lock file differ, and writes the lock file. `npm ci` installs what the lock file says, or fails.',
      fixSafety:
        'Unsafe: `npm ci` fails where the lock file and package.json do not agree, and removes a `node_modules` that is there.',
      bad: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm install\n'],
      good: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\n'],
      references: ['https://docs.npmjs.com/cli/commands/npm-ci'],
    },
  },
  visits: { tools: ['npm'] },
  create: ({ buildContext, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['npm']);
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
      if (!copiesLockFile(on, buildContext) || isOutOfStep(buildContext)) return;
      report(subcommand.span, 'install', {
        fix: { title: 'ci', safety: 'unsafe', edits: [{ span: subcommand.span, newText: 'ci' }] },
      });
    },
  }),
});

/** `npm ci` fails where the lock file was made of another package.json. */
function isOutOfStep(context: BuildContext | undefined): boolean {
  try {
    const root = JSON.parse(context?.read('package-lock.json') ?? '')?.packages?.[''];
    const manifest = JSON.parse(context?.read('package.json') ?? '');
    if (typeof root !== 'object' || root === null) return false;
    const listOf = (value: object | undefined) => JSON.stringify(Object.entries(value ?? {}).sort());
    return ['dependencies', 'devDependencies', 'optionalDependencies'].some(
      (kind) => listOf(root[kind]) !== listOf(manifest[kind]),
    );
  } catch {
    return false;
  }
}

/** By name, or with the folder that holds it: then the files beside the Dockerfile tell. */
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
