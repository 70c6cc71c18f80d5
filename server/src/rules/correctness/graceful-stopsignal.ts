import { signalName } from '../../commands/signals';
import type { Instruction } from '../../dockerfile/model';
import { hasWindowsBase } from '../../dockerfile/windowsBase';
import { defineRule, type FixDraft } from '../../engine/rule';
import { baseName } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'graceful-stopsignal',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'tally:no-ungraceful-stopsignal',
      'tally:prefer-nginx-sigquit',
      'tally:prefer-systemd-sigrtmin-plus-3',
      'tally:windows/no-stopsignal',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      kill: '`{signal}` ends the program immediately, without a clean shutdown',
      program: '{program} shuts down gracefully on `{name}`, not on `{signal}`',
      windows: 'Windows containers do not support signals',
      write: 'Use `{name}`',
    },
    docs: {
      description: 'Stop the program with a signal that it can handle',
      rationale:
        '`docker stop` sends the signal, waits ten seconds and then kills the container. No program can handle SIGKILL or SIGSTOP, and some programs shut down gracefully on a signal other than SIGTERM.',
      fixSafety: { unsafe: 'the program then stops in a different way.' },
      bad: ['FROM debian:12\nSTOPSIGNAL SIGKILL\n'],
      good: ['FROM debian:12\nSTOPSIGNAL SIGTERM\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
    },
  },
  visits: { keywords: ['STOPSIGNAL'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      const signal = word?.isStatic ? signalName(word.text) : undefined;
      if (!word || signal === undefined || !node.stage) return;
      if (hasWindowsBase(node.stage)) {
        report(word.span, 'windows');
        return;
      }
      const write = (name: string): FixDraft<'write'> => ({
        title: 'write',
        data: { name },
        safety: 'unsafe',
        edits: [{ span: word.span, newText: name }],
      });
      if (signal === 'SIGKILL' || signal === 'SIGSTOP') {
        report(word.span, 'kill', { data: { signal }, fix: write('SIGTERM') });
        return;
      }
      const [program, name] = PROGRAMS.find(([one]) => startedProgram(node) === one) ?? [];
      if (program !== undefined && name !== undefined && name !== signal)
        report(word.span, 'program', { data: { program, name, signal }, fix: write(name) });
    },
  }),
});

/** From the manuals of nginx and systemd. */
const PROGRAMS: readonly (readonly [program: string, signal: string])[] = [
  ['nginx', 'SIGQUIT'],
  ['php-fpm', 'SIGQUIT'],
  ['systemd', 'SIGRTMIN+3'],
  ['init', 'SIGRTMIN+3'],
];

function startedProgram(node: Instruction): string | undefined {
  const start = node.stage?.instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const word = start?.form === 'exec' ? start.args[0]?.value : start?.script?.commands[0]?.name;
  return word === undefined ? undefined : baseName(word);
}
