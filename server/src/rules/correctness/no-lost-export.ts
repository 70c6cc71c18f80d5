import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

/** They change the shell that runs them, and nothing else. */
const SHELL_ONLY: ReadonlySet<string> = new Set(['export', 'cd', 'alias', 'set', 'unset', 'umask', 'source', '.']);

export default defineRule({
  meta: {
    id: 'no-lost-export',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      lost: '`{command}` alone in a RUN has no effect',
      env: 'Set it with ENV',
      workdir: 'Change the folder with WORKDIR',
    },
    docs: {
      description: 'Do not set variables or change folders in a RUN of their own',
      rationale:
        'Every RUN starts a shell of its own, and what `export`, `cd` or `alias` changes in it is gone when it ends. The instructions below do not see it, and neither does the container.',
      fixSafety:
        'Unsafe: ENV and WORKDIR do what was meant, so that everything below now sees the variable or the folder.',
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

/** One `export A=b` or one `cd /x`, with nothing that only the shell could work out. */
function fixFor(
  { text }: DockerfileModel,
  node: Instruction,
  [command, ...others]: readonly ShellCommand[],
): FixDraft<'env' | 'workdir'> | undefined {
  const [, word, more] = command?.words ?? [];
  if (!command || !word || more || others.length > 0 || !word.isStatic || node.flags.length > 0) return undefined;
  const span = { start: node.keywordSpan.start, end: node.body.end };
  if (/[\r\n]/.test(text.slice(span.start, span.end))) return undefined;
  if (command.name === 'cd' && word.value.startsWith('/'))
    return { title: 'workdir', safety: 'unsafe', edits: [{ span, newText: `WORKDIR ${word.value}` }] };
  if (command.name === 'export' && /^\w+=[\w./:@%+,-]*$/.test(word.value))
    return { title: 'env', safety: 'unsafe', edits: [{ span, newText: `ENV ${word.value}` }] };
  return undefined;
}
