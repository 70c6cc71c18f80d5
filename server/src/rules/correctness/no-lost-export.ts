import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { wordList } from '../../text/wordList';

/** Commands that only change the shell that runs them. */
const SHELL_ONLY: ReadonlySet<string> = new Set(['export', 'cd', 'alias', 'set', 'unset', 'umask', 'source', '.']);

/** Variables that installs and builds read: NODE_ENV=production leaves out packages that a build needs. */
const FOR_INSTALLS = wordList`
  NODE_ENV CI PATH
  (?:npm_config|NPM_CONFIG|YARN|PNPM|PIP|POETRY|UV|BUNDLE|COMPOSER|CARGO|MAVEN|GRADLE|MIX|GO)_?\w{0,60}
  R(?:AILS|ACK)_ENV \w{1,40}FLAGS CC CXX
`;

export default defineRule({
  meta: {
    id: 'no-lost-export',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      lost: '`{command}` in a separate RUN has no effect',
      env: 'Set it with ENV',
      workdir: 'Change the directory with WORKDIR',
      installs: 'Set `{name}` with ENV if the installs below need it; otherwise delete the line',
      repeat: 'Write `ENV NAME=value`, or repeat it in the RUN that needs it',
    },
    advice: { lost: 'repeat' },
    docs: {
      description: 'Do not set variables or change directories in a separate RUN',
      rationale:
        'Every RUN starts a new shell. Changes by `export`, `cd` or `alias` are lost when it ends: neither the instructions below nor the container see them.',
      fixSafety: {
        unsafe: 'with ENV, everything below sees the variable, as was intended.',
        notes:
          'There is no automatic fix for `cd`, because WORKDIR would change the directory of all instructions below, and none for variables that install and build tools read.',
      },
      bad: ['FROM python:3.12-slim\nRUN export FLASK_APP=app.py\n', 'FROM debian:12\nRUN cd /srv\nCOPY . .\n'],
      good: [
        'FROM python:3.12-slim\nENV FLASK_APP=app.py\n',
        'FROM debian:12\nRUN export CI=1 && make\n',
        'FROM debian:12\nRUN cd /srv && make\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#env'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.form === 'exec') return;
      const script = node.script;
      const [first] = script?.commands ?? [];
      if (!script || !first || script.errors.length > 0) return;
      // `. ./check.sh` may fail the build, and a redirect or `$(…)` may write files.
      if (!script.commands.every((command) => isShellOnly(command)) || writesFiles(dockerfile, node)) return;
      if (script.commands.every(({ name }) => name === 'source' || name === '.' || name === 'set')) return;
      report(node.body, 'lost', { data: { command: first.name }, fix: fixFor(dockerfile, node, script.commands) });
    },
  }),
});

function isShellOnly({ name, wrappers }: ShellCommand): boolean {
  return wrappers.length === 0 && SHELL_ONLY.has(name);
}

function writesFiles({ text }: DockerfileModel, node: Instruction): boolean {
  return /[<>`]|\$\(/.test(text.slice(node.body.start, node.body.end));
}

/** For a single `export A=b` or `cd /x` that needs no evaluation by the shell. */
function fixFor(
  { text }: DockerfileModel,
  node: Instruction,
  [command, ...others]: readonly ShellCommand[],
): FixDraft<'env' | 'workdir' | 'installs'> | undefined {
  const [, word, more] = command?.words ?? [];
  if (!command || !word || more || others.length > 0 || !word.isStatic || node.flags.length > 0) return undefined;
  const span = { start: node.keywordSpan.start, end: node.body.end };
  if (/[\r\n]/.test(text.slice(span.start, span.end))) return undefined;
  // A WORKDIR would move the results of later instructions.
  if (command.name === 'cd' && word.value.startsWith('/')) return { title: 'workdir', safety: 'manual' };
  const [name = ''] = word.value.split('=');
  if (command.name === 'export' && FOR_INSTALLS.test(name))
    return { title: 'installs', data: { name }, safety: 'manual' };
  if (command.name === 'export' && /^\w+=[\w./:@%+,-]*$/.test(word.value))
    return { title: 'env', safety: 'unsafe', edits: [{ span, newText: `ENV ${word.value}` }] };
  return undefined;
}
