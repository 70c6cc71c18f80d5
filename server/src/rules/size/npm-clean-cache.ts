import { isMounted, isRemovedAfter } from '../../commands/caches';
import { isFollowedBy, packageCommand } from '../../commands/packageCommand';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { addsToFinalImage } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

const CACHES = ['/root/.npm', '/home/node/.npm'];
const INSTALLS = new Set(['install', 'i', 'add', 'ci', 'clean-install', 'install-clean', 'update', 'up']);

export default defineRule({
  meta: {
    id: 'npm-clean-cache',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['npmCacheCleanAfterInstall', 'npmCacheCleanUseForce'],
    fixable: 'safe',
    waste: 'mends',
    phase: 'cleaning',
    messages: {
      missing: '`npm {subcommand}` leaves its cache in the layer',
      clean: 'Add `npm cache clean --force`',
    },
    docs: {
      description: 'Clean the npm cache in the RUN that installs',
      rationale:
        'npm keeps a copy of every downloaded package in its cache, which is about as large as the packages themselves. In an image, that copy is never read again.',
      fixSafety: {
        safe: 'the cache is only a copy.',
        notes: 'Not offered when the cache is in a cache mount, or when nothing can be added at the end of the script.',
      },
      bad: ['FROM node:20-slim\nRUN npm ci\n'],
      good: [
        'FROM node:20-slim\nRUN npm ci && npm cache clean --force\n',
        'FROM node:20-slim\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
        'FROM node:20 AS build\nRUN npm ci\nFROM node:20-slim\nCOPY --from=build /app /app\n',
      ],
      references: ['https://docs.npmjs.com/cli/commands/npm-cache'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!node.script) return;
      const call = node.script.commands
        .map((command) => packageCommand(command, ['npm']))
        .findLast((one) => one?.subcommand !== undefined && INSTALLS.has(one.subcommand.value));
      if (!call?.subcommand || isMounted(node, CACHES) || !addsToFinalImage(dockerfile, node)) return;
      if (call.has('--cache', '--dry-run') || isCleanedAfter(node, call.command)) return;
      if (node.resolve('npm_config_cache') ?? node.resolve('NPM_CONFIG_CACHE')) return;
      const edit = appendCommand(dockerfile, node, 'npm cache clean --force');
      report(call.subcommand.span, 'missing', {
        data: { subcommand: call.subcommand.value },
        fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
      });
    },
  }),
});

function isCleanedAfter(node: Instruction, install: ShellCommand): boolean {
  return isRemovedAfter(node, install, CACHES) || isFollowedBy(node, install, ['npm'], 'cache');
}
