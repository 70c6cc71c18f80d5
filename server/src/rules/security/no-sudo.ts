import { effectiveUser } from '../../app/effectiveUser';
import type { Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'no-sudo',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL3004',
      'DS-0010',
      'DS010',
      'AVD-DS-0010',
      'CKV2_DOCKER_1',
      'DKL-DI-0001',
      'DF010',
      'kics:run_using_sudo',
      'semgrep:no-sudo-in-dockerfile',
    ],
    fixable: 'safe',
    messages: {
      sudo: '`sudo` in {keyword}',
      remove: 'Remove sudo: the command already runs as root',
      other: 'Set `USER {user}` above this step, and switch back below it',
      explain: 'Set `USER root` above the steps that need root, and switch back below them',
    },
    docs: {
      description: 'Switch users with USER instead of sudo',
      rationale:
        'Build steps already run as the user set by `USER`: root, unless the file says otherwise. `sudo` makes the image larger, hides which user runs a command, and passes on signals and environment variables in surprising ways. In the finished image it offers a way back to root.',
      fixSafety: {
        safe: 'only if the step is known to run as root and `sudo` has no options: the command does the same without it.',
        manual: 'the step may run as another user, or `sudo` has options.',
      },
      bad: ['FROM debian:12\nRUN sudo apt-get update\n'],
      good: ['FROM debian:12\nRUN apt-get update\n', 'FROM debian:12\nRUN apt-get install -y sudo\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  create: ({ report, knowledge }) => ({
    command(command, on) {
      const sudo =
        command.wrappers.find((word) => word.value === 'sudo') ??
        (command.name === 'sudo' ? command.words[0] : undefined);
      if (!sudo) return;
      const isPlain = command.wrappers[0] === sudo && runsAsRoot(on, knowledge);
      const user = otherUser(command);
      const fix: FixDraft<'remove' | 'explain' | 'other'> =
        isPlain && command.name !== '' && !hasOptions(command)
          ? {
              title: 'remove',
              safety: 'safe',
              edits: [{ span: { start: sudo.span.start, end: nextStart(command) }, newText: '' }],
            }
          : user === undefined
            ? { title: 'explain', safety: 'manual' }
            : { title: 'other', data: { user }, safety: 'manual' };
      report(sudo.span, 'sudo', { data: { keyword: on.keyword }, fix });
    },
  }),
});

function runsAsRoot(on: Instruction, knowledge: KnowledgeBase): boolean {
  return on.keyword === 'RUN' && on.stage !== undefined && effectiveUser(on.stage, knowledge, on).isRoot === true;
}

function hasOptions(command: ShellCommand): boolean {
  return (
    command.wrappers.some((word) => word.value.startsWith('-')) ||
    command.assignments.some((one) => one.span.start > (command.wrappers[0]?.span.start ?? 0))
  );
}

/** `www-data` in `sudo -u www-data php artisan`. */
function otherUser({ wrappers }: ShellCommand): string | undefined {
  const at = wrappers.findIndex(({ value }) => value === '-u' || value === '--user');
  const word = at < 0 ? undefined : wrappers[at + 1];
  return word?.isStatic && word.value !== 'root' ? word.value : undefined;
}

/** Start of the word after `sudo`. */
function nextStart(command: ShellCommand): number {
  return command.wrappers[1]?.span.start ?? command.words[0]?.span.start ?? command.span.end;
}
