import type { PackageCommand } from '../../commands/packageCommand';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { uncleanedInstall } from '../shared/cleanAfterInstall';

export default defineRule({
  meta: {
    id: 'yarn-clean-cache',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3060', 'DF055', 'yarnCacheCleanAfterInstall'],
    fixable: 'safe',
    waste: 'mends',
    phase: 'cleaning',
    messages: {
      missing: '`{command}` keeps its cache in the layer',
      clean: 'Add `{clean}`',
    },
    docs: {
      description: 'Clean the Yarn cache in the RUN that installs',
      rationale:
        'Yarn 1 keeps a copy of every downloaded package outside the project. In an image, that copy is never read again.',
      fixSafety:
        'Safe: the cache is only a copy, and the next install downloads it again. Not offered when the cache is in a mount.',
      bad: ['FROM node:22-slim\nRUN yarn install --frozen-lockfile\n'],
      good: ['FROM node:22-slim\nRUN yarn install --frozen-lockfile && yarn cache clean\n'],
      references: ['https://classic.yarnpkg.com/en/docs/cli/cache/'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, buildContext, report }) => ({
    instruction(node) {
      const found = uncleanedInstall(dockerfile, node, CHECK);
      if (!found || isBerry(dockerfile.text, buildContext)) return;
      const { span, data, edit } = found;
      report(span, 'missing', {
        data,
        fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
      });
    },
  }),
});

const INSTALLS: ReadonlySet<string | undefined> = new Set(['install', 'add', undefined]);

/** Yarn 2 and later may keep its cache in the project, where it is wanted. */
function isBerry(text: string, context: BuildContext | undefined): boolean {
  return (
    /\.yarn(?:rc\.yml|\/)|corepack|yarn@(?:[2-9]|berry|stable)|--immutable/.test(text) ||
    context?.files.has('.yarnrc.yml') === true
  );
}

const CHECK = {
  tools: ['yarn'],
  installs: ({ subcommand, has }: PackageCommand) =>
    INSTALLS.has(subcommand?.value) && !has('--cache-folder', '--version', '-v'),
  caches: ['/usr/local/share/.cache', '/root/.cache/yarn', '/root/.yarn'],
  cleans: ['cache'],
  command: 'cache clean',
};
