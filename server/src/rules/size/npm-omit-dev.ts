import { listsNoDevelopment } from '../../app/developmentPackages';
import { servicesOf } from '../../app/servicesOf';
import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { finalStage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'npm-omit-dev',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF031'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      dev: '`npm {subcommand}` adds development dependencies to the image',
      omit: 'Add `--omit=dev`',
    },
    docs: {
      description: 'Leave out development dependencies',
      rationale:
        'Test runners, linters and compilers often make up most of `node_modules`. The program does not need them at run time.',
      fixSafety: { unsafe: 'a package that is listed under devDependencies by mistake is missing at run time.' },
      bad: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\nCMD ["node", "index.js"]\n'],
      good: ['FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCMD ["node", "index.js"]\n'],
      references: ['https://docs.npmjs.com/cli/commands/npm-ci#omit'],
    },
  },
  visits: { tools: ['npm'] },
  create: ({ dockerfile, buildContext, settings, report }) => {
    const isProduction =
      /NODE_ENV[= ]["']?production/.test(dockerfile.text) || /NPM_CONFIG_(?:OMIT|PRODUCTION)/i.test(dockerfile.text);
    return {
      command(command, on) {
        const call = packageCommand(command, ['npm'], on);
        const subcommand = call?.subcommand;
        if (
          isProduction ||
          settings.isForDevelopment ||
          !subcommand ||
          !/^(?:ci|install|i)$/.test(subcommand.value) ||
          call.operands.length > 0
        )
          return;
        if (
          call.has('--omit', '--only', '--production', '--prod', '--include', '--dev', '--location', '-g', '--global')
        )
          return;
        if (!on.stage?.isFinal || !startsNode(dockerfile, on) || usesTools(on, command)) return;
        // Compose may start such a package: `nodemon index.js`.
        if (servicesOf(on.stage, settings.services).some(({ starts }) => starts.length > 0)) return;
        if (listsNoDevelopment(on, buildContext, 'package.json')) return;
        report(subcommand.span, 'dev', {
          data: { subcommand: subcommand.value },
          fix: { title: 'omit', safety: 'unsafe', edits: [addOption(subcommand, '--omit=dev')] },
        });
      },
    };
  },
});

/** True if the last CMD and ENTRYPOINT run a file with node, so no tool of the project starts it. */
function startsNode(dockerfile: DockerfileModel, run: Instruction): boolean {
  const final = finalStage(dockerfile);
  const starts = (final?.instructions ?? []).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const words = starts.at(-1)?.args.map(({ value }) => value) ?? [];
  return run.stage === final && words[0] === 'node' && words.every((word) => !word.includes('$'));
}

/** True if a later build or test needs the development dependencies, or a later command prunes them. */
function usesTools(run: Instruction, install: ShellCommand): boolean {
  const later = (run.stage?.instructions ?? []).filter(({ span }) => span.start >= run.span.start);
  return later.some((node) =>
    (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []).some(
      ({ name, span, words }) =>
        span.start > install.span.start &&
        (/^(?:npx|tsc|yarn|pnpm|vite|webpack|ng|next|node|make|gulp|grunt)$/.test(name) ||
          (name === 'npm' && words[1]?.value !== 'cache')),
    ),
  );
}
