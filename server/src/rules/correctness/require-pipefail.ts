import { baseFacts } from '../../app/effectiveUser';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { ShellCommand, ShellScript } from '../../shell/script';
import { containsSpan } from '../../text/span';

export default defineRule({
  meta: {
    id: 'require-pipefail',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL4006',
      'DS-0032',
      'DS032',
      'AVD-DS-0032',
      'DF057',
      'kics:shell_running_a_pipe_without_pipefail_flag',
      'semgrep:set-pipefail',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      pipe: 'Without pipefail, the build continues when `{command}` fails',
      shell: 'Add `{shell}` above',
    },
    docs: {
      description: 'Let a RUN with a pipe fail when its first command fails',
      rationale:
        'A pipe has the exit status of its last command. If the download in `curl … | tar x` breaks off, the build may continue with an incomplete result and cache it. With `pipefail`, every command in the pipe counts.',
      fixSafety: {
        unsafe:
          'commands that fail unnoticed today, such as `grep` without a match or a command whose output `head` cuts off, then stop the build.',
        notes:
          'Every RUN, CMD and ENTRYPOINT in shell form below uses that shell. Offered when the base image is known to contain the shell.',
      },
      bad: ['FROM debian:12\nRUN curl -fsS https://example.com/a.tgz | tar xz\n'],
      good: [
        'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsS https://example.com/a.tgz | tar xz\n',
        'FROM debian:12\nRUN bash -c "set -o pipefail && curl -fsS https://example.com/a.tgz | tar xz"\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, knowledge, settings, report }) => ({
    instruction(node) {
      const script = node.script;
      if (!script || script.errors.length > 0) return;
      const first = script.commands.find(
        (command) =>
          command.pipeline.length > 1 &&
          command.pipeline.index === 0 &&
          (settings.dialect === 'hadolint' || mayFailUnnoticed(command, script)),
      );
      if (!first || hasPipefail(node) || script.commands.some(setsPipefail)) return;
      const shell = node.onbuild ? undefined : shellFor(node, knowledge);
      const newText = shell && `${shell}${dockerfile.text.includes('\r\n') ? '\r\n' : '\n'}`;
      const at = startWithComments(dockerfile.text, node.span.start);
      report(first.span, 'pipe', {
        data: { command: first.name },
        fix:
          newText && shell
            ? {
                title: 'shell',
                data: { shell },
                safety: 'unsafe',
                edits: [{ span: { start: at, end: at }, newText }],
                isolation: 'shell',
              }
            : undefined,
      });
    },
  }),
});

function mayFailUnnoticed(command: ShellCommand, script: ShellScript): boolean {
  return (!command.isSubstitution || isAssigned(command, script)) && !HARMLESS.has(command.name);
}

/** `A=$(b | c)`: the assignment fails with the pipe. In other commands the output of `$(…)` is only an argument. */
function isAssigned({ span }: ShellCommand, { commands }: ShellScript): boolean {
  return commands.some(
    ({ name, words, assignments }) =>
      name === '' && words.length === 0 && assignments.some((assignment) => containsSpan(assignment.span, span)),
  );
}

/** Commands that do not fail and whose output is always complete. */
const HARMLESS: ReadonlySet<string> = new Set(['echo', 'printf', 'yes', 'true', ':']);

/** True if the active SHELL sets the option. Unknown shells have other ways to set it. */
function hasPipefail(node: Instruction): boolean {
  const stages = node.stage ? lineage(node.stage) : [];
  const shells = stages.flatMap((stage) =>
    stage.instructions.filter(
      (other) => other.keyword === 'SHELL' && (stage !== node.stage || other.span.start < node.span.start),
    ),
  );
  const words = shells.at(-1)?.args.map(({ value }) => value) ?? [];
  return words.includes('pipefail');
}

/** `set -o pipefail`, `bash -o pipefail -c`. */
function setsPipefail(command: ShellCommand): boolean {
  return [...command.wrappers, ...command.words].some(({ value }) => /(?:^|\s)pipefail\b/.test(value));
}

/** The SHELL to add, if the image has a shell that supports the option and the file sets no other one. */
function shellFor(node: Instruction, knowledge: KnowledgeBase): string | undefined {
  const { stage } = node;
  if (!stage || node.shell !== 'sh' || node.form === 'exec') return undefined;
  if (lineage(stage).some(({ instructions }) => instructions.some((other) => other.keyword === 'SHELL')))
    return undefined;
  switch (baseFacts(stage, knowledge)?.distro) {
    case 'debian':
    case 'ubuntu':
    case 'rhel':
      return 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';
    case 'alpine':
      return 'SHELL ["/bin/ash", "-o", "pipefail", "-c"]';
    default:
      return undefined;
  }
}
