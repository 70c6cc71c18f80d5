import { effectiveUser } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-root-owned-workdir',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:ruby/state-paths-not-writable-as-non-root'],
    fixable: 'manual',
    messages: {
      root: '`{path}` belongs to root: `{user}` cannot write to it',
      chown: 'Create the directory and change its owner above USER',
    },
    docs: {
      description: 'Give the working directory to the user that runs the program',
      rationale:
        'WORKDIR creates a directory that belongs to the current user: root, if it stands above USER. Tools that write next to the program, such as npm and Rails, then fail. Off by default, because most programs only read their directory.',
      fixSafety: { manual: 'the Dockerfile does not show whether the program writes to the directory.' },
      bad: ['FROM node:22\nWORKDIR /app\nUSER node\nRUN npm install\n'],
      good: ['FROM node:22\nUSER node\nWORKDIR /app\nRUN npm install\n'],
      references: ['https://github.com/nodejs/docker-node/issues/740'],
    },
  },
  create: ({ dockerfile: { text }, knowledge, report }) => ({
    stage(stage) {
      const { name: user, isRoot, setBy } = effectiveUser(stage, knowledge);
      const workdir = stage.instructions.findLast(({ keyword }) => keyword === 'WORKDIR');
      if (
        !stage.isFinal ||
        !setBy ||
        isRoot !== false ||
        user === undefined ||
        !workdir ||
        workdir.span.start > setBy.span.start
      )
        return;
      const before = effectiveUser(stage, knowledge, workdir);
      if (
        before.isRoot !== true ||
        /\bch(?:own|mod)\b|\binstall -/.test(text) ||
        /^\/(?:home\/|tmp|$)/.test(workdir.args[0]?.value ?? '/')
      )
        return;
      report(workdir.span, 'root', {
        data: { path: workdir.args[0]?.value ?? '', user },
        fix: { title: 'chown', safety: 'manual' },
      });
    },
  }),
});
