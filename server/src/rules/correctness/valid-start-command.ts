import { baseFacts } from '../../app/effectiveUser';
import { missedFolder } from '../../app/start/missedFolder';
import { startInstructions } from '../../app/start/startInstructions';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'valid-start-command',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: ['kics:shell_running_a_pipe_without_pipefail_flag'],
    fixable: 'manual',
    messages: {
      builtin: '`{name}` is a command of the shell: exec form cannot start it',
      operator: '`{name}` is passed as an argument: exec form has no shell',
      bash: '`{name}` is a command of bash: {shell} cannot run it',
      variable: '`{name}` sets a variable only in a shell: exec form looks for a program',
      folder: '`{name}` is not there: COPY takes what is in `{folder}`, without the folder',
      path: 'Write `{path}`, or copy to `{folder}/`',
      env: 'Write `ENV {name}` above, and start with the next word',
      shell: 'Write `["sh", "-c", "…"]`, with the whole command as one string',
      dot: 'Write `.` instead of `source`, or start bash: `["bash", "-c", "…"]`',
    },
    docs: {
      description: 'Write a start command that its shell can run',
      rationale:
        'Exec form starts a program without a shell. It knows no `cd`, no `source` and no `NAME=value` before the program, and passes `&&` on as an argument. In shell form `/bin/sh` runs the command: dash on Debian and Ubuntu, which has no `source`.',
      fixSafety: { manual: 'a shell may not be what the author wants.' },
      bad: [
        'FROM debian:12\nCMD ["source", "/env.sh"]\n',
        'FROM node:22\nCMD ["npm", "run", "migrate", "&&", "npm", "start"]\n',
      ],
      good: [
        'FROM debian:12\nCMD ["sh", "-c", ". /env.sh && exec app"]\n',
        'FROM debian:12\nCMD . /env.sh && exec app\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
    },
  },
  visits: { keywords: ['CMD', 'ENTRYPOINT', 'RUN'] },
  create: ({ knowledge, settings, report }) => ({
    instruction(node) {
      const { stage } = node;
      const isStart = node.keyword !== 'RUN' && stage?.isFinal && startInstructions(stage).at(-1) === node;
      const missed = isStart ? missedFolder(stage, settings.services) : undefined;
      if (missed) {
        const { file, folder, path } = missed;
        report(file.span, 'folder', {
          data: { name: file.value, folder },
          fix: { title: 'path', data: { path, folder }, safety: 'manual' },
        });
        return;
      }
      if (node.form === 'exec') {
        const [program] = node.args;
        // An ENTRYPOINT may hand the words to a shell.
        if (!program?.isStatic || takesScript(node.args) || hasEntrypoint(node)) return;
        const operator = operatorIn(node.args);
        if (BUILTINS.has(program.value))
          report(program.span, 'builtin', { data: { name: program.value }, fix: { title: 'shell', safety: 'manual' } });
        else if (/^[A-Za-z_]\w*=/.test(program.value))
          report(program.span, 'variable', { data: { name: program.value }, fix: { title: 'env', safety: 'manual' } });
        else if (operator)
          report(operator.span, 'operator', {
            data: { name: operator.value },
            fix: { title: 'shell', safety: 'manual' },
          });
        return;
      }
      if (node.keyword === 'RUN' || node.form !== 'shell' || node.shell !== 'sh' || hasEntrypoint(node)) return;
      const [first] = node.script?.commands ?? [];
      const distro = node.stage && baseFacts(node.stage, knowledge)?.distro;
      const name = first?.words[0];
      if (first?.name === 'source' && name && (distro === 'debian' || distro === 'ubuntu') && !replacesShell(node))
        report(name.span, 'bash', { data: { name: 'source', shell: 'dash' }, fix: { title: 'dot', safety: 'manual' } });
    },
  }),
});

const BUILTINS: ReadonlySet<string> = new Set(['source', '.', 'export', 'cd', 'exec', 'eval', 'set', 'unset', 'trap']);

/** True for programs that may run the words as a script. `bash a.sh` passes them on to `a.sh`. */
function takesScript([program, ...others]: readonly Word[]): boolean {
  if (/(?:^|\/)(?:ba|da|z|k)?sh$/.test(program?.value ?? '')) return others.some(({ value }) => /^-\w*c$/.test(value));
  return /(?:^|[/\\])(?:\w*sh|cmd|powershell|pwsh)(?:\.exe)?$|\.sh$|entrypoint|\bs6-|\binit\b/i.test(
    program?.value ?? '',
  );
}

/** `&&`, or a pipe or redirection that is not the value of an option, as in `column -s "|"`. */
function operatorIn(args: readonly Word[]): Word | undefined {
  return args.find(({ value }, at) => {
    if (at === 0) return false;
    if (/^(?:&&|\|\||2>&1)$/.test(value)) return true;
    return /^(?:\||>>?|2>)$/.test(value) && at < args.length - 1 && !args[at - 1]?.value.startsWith('-');
  });
}

function hasEntrypoint({ keyword, stage }: Instruction): boolean {
  return (
    keyword === 'CMD' && stage !== undefined && inheritedInstructions(stage).some((one) => one.keyword === 'ENTRYPOINT')
  );
}

/** `ln -sf /bin/bash /bin/sh` */
function replacesShell({ stage }: Instruction): boolean {
  return (
    stage !== undefined && inheritedInstructions(stage).some(({ bodyText }) => /\/bin\/sh\b|dash\b/.test(bodyText))
  );
}
