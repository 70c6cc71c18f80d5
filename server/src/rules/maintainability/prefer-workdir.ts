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
      cd: '`cd` in RUN: WORKDIR sets the folder for all that follows',
      explain: 'Set WORKDIR before, or leave it: WORKDIR also holds for the container',
    },
    docs: {
      description: 'Change folders with WORKDIR',
      rationale:
        'With WORKDIR the folder is seen at a glance, and holds for all instructions below. Off by default: `cd x && make` is right too, and a WORKDIR more is one more thing that the final image inherits.',
      fixSafety: 'Explained only: WORKDIR changes the folder of everything below, and of the container.',
      bad: ['FROM debian:12\nRUN cd /src && make\n'],
      good: ['FROM debian:12\nWORKDIR /src\nRUN make\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#workdir'],
    },
  },
  visits: { tools: ['cd'] },
  create: ({ report }) => ({
    command(command, on) {
      if (command.isSubstitution || on.shell === 'powershell') return;
      // Back and forth inside one script is no place to be.
      if (command !== on.script?.commands[0] && !command.words[1]?.value.startsWith('/')) return;
      report(command.span, 'cd', { fix: { title: 'explain', safety: 'manual' } });
    },
  }),
});
