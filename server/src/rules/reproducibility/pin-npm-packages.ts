import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'pin-npm-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3016', 'kics:npm_install_without_pinned_version'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `{name}@…`',
    },
    docs: {
      description: 'Pin the version of every package that npm installs by name',
      rationale:
        'Without a version, npm installs the newest one on the build date. The same Dockerfile produces different images, and can break although nobody changed it. The registry keeps every version, so a pin keeps working.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM node:22-slim\nRUN npm install -g pm2\n'],
      good: [
        'FROM node:22-slim\nRUN npm install -g pm2@5.4.2\n',
        'FROM node:22-slim\nCOPY package*.json ./\nRUN npm ci\n',
      ],
      references: ['https://docs.npmjs.com/cli/commands/npm-install'],
    },
  },
  visits: { tools: ['npm'] },
  create: ({ report }) => ({
    command(command) {
      const call = packageCommand(command, ['npm']);
      if (!call || !INSTALL.test(call.subcommand?.value ?? '')) return;
      for (const word of call.operands) {
        if (!word.isStatic || isPinned(word.value)) continue;
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

/** With the misspellings that npm takes too. */
const INSTALL = /^(?:install|i|add|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall)$/;

const GIT = /^(?:git\+|git:\/\/|github:|gitlab:|bitbucket:)/;

/** `name@1`, `@scope/name@1`, `git+https://…#v1`; local files and folders count as pinned. */
function isPinned(name: string): boolean {
  if (GIT.test(name)) return name.includes('#');
  if (/^[.~/]|:\/\/|\.(?:tgz|tar(?:\.\w+)?)$/.test(name)) return true;
  return name.lastIndexOf('@') > 0;
}
