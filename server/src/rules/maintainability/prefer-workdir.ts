import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-workdir',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3003',
      'DS-0013',
      'DS013',
      'AVD-DS-0013',
      'DF008',
      'kics:run_command_cd_instead_of_workdir',
      'semgrep:use-workdir',
    ],
    fixable: 'manual',
    messages: {
      cd: '`cd` in RUN: WORKDIR would set the directory for everything below',
      explain: 'Set WORKDIR above, or keep `cd`: WORKDIR also applies to the container',
    },
    docs: {
      description: 'Change directories with WORKDIR',
      rationale:
        'WORKDIR makes the directory easy to see, and applies to all instructions below. Off by default, because `cd x && make` is correct too, and the final image inherits each additional WORKDIR.',
      fixSafety: { manual: 'WORKDIR changes the directory for everything below and for the container.' },
      bad: ['FROM debian:12\nRUN cd /src && make\n'],
      good: ['FROM debian:12\nWORKDIR /src\nRUN make\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#workdir'],
    },
  },
  visits: { tools: ['cd'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      if (on.shell === 'powershell') return;
      const isHadolint = settings.dialect === 'hadolint';
      if (command.isSubstitution && !isHadolint) return;
      // A temporary change of directory inside a script is not a working directory.
      if (!isHadolint && command !== on.script?.commands[0] && !command.words[1]?.value.startsWith('/')) return;
      report(command.span, 'cd', { fix: { title: 'explain', safety: 'manual' } });
    },
  }),
});
