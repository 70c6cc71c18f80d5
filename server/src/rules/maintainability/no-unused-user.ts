import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { anyOf } from '../../text/pattern';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-unused-user',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:user-created-but-never-used'],
    fixable: 'manual',
    messages: {
      unused: 'User `{name}` is created but never used',
      use: 'Add `USER {name}` above CMD or ENTRYPOINT',
    },
    docs: {
      description: 'Use the users that you create',
      rationale: 'The program was meant to run as this user, but runs as root.',
      fixSafety: { manual: 'the Dockerfile does not show whether the program can run as this user.' },
      bad: ['FROM debian:12\nRUN useradd app\nCMD ["serve"]\n'],
      good: ['FROM debian:12\nRUN useradd app\nUSER app\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage(stage) {
      if (!stage.isFinal || stage.instructions.some(({ keyword }) => keyword === 'USER')) return;
      for (const node of stage.instructions) {
        if (node.keyword !== 'RUN') continue;
        for (const command of node.script?.commands ?? []) {
          const name = createdUser(command);
          if (!name) continue;
          const rest = text.slice(stage.from.span.start, command.span.start) + text.slice(command.span.end);
          // A chown, an entrypoint that drops privileges or a comment shows that the user is used.
          if (new RegExp(`(?<![\\w-])${name.value}(?![\\w-])`).test(rest) || STEPS_DOWN.test(rest)) continue;
          report(name.span, 'unused', { data: { name: name.value }, fix: { title: 'use', safety: 'manual' } });
        }
      }
    },
  }),
});

const STEPS_DOWN = anyOf(
  /\b(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|chpst|start-stop-daemon|supervisord)/,
  /\b(?:entrypoint\.sh|ENTRYPOINT \["\/(?:init|docker-entrypoint))/,
);

/** The name at the end of `useradd` and `adduser`. A daemon switches to `_smtpd` and the like itself. */
function createdUser(command: ShellCommand): Word | undefined {
  if (command.name !== 'useradd' && command.name !== 'adduser') return undefined;
  const [name, ...others] = readOptions(command).operands;
  return name && others.length === 0 && name.isStatic && /^[a-z][\w-]*$/i.test(name.value) ? name : undefined;
}
