import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-run-shell',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['kics:changing_default_shell_using_run_command', 'tally:powershell/prefer-shell-instruction'],
    messages: {
      login: '`{command}` changes the login shell of root, which RUN does not use',
      starts: 'RUN starts `{command}`: SHELL makes it the shell of every RUN',
    },
    docs: {
      description: 'Choose the shell of RUN with SHELL',
      rationale:
        'RUN uses the shell that SHELL names. The login shell in `/etc/passwd` applies only to logins. A SHELL with PowerShell also saves its options and quotes in every RUN. Off by default, because an image to work in may need another login shell, and one RUN may need another shell.',
      bad: ['FROM debian:12\nRUN chsh -s /bin/bash\n'],
      good: ['FROM debian:12\nSHELL ["/bin/bash", "-c"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#shell'],
    },
  },
  visits: { keywords: ['RUN'], tools: ['chsh', 'usermod'] },
  create: ({ report }) => ({
    instruction(node) {
      const [program] = node.args;
      const command = /^(?:[^\s"']*[\\/])?((?:powershell|pwsh)(?:\.exe)?)$/i.exec(program?.value ?? '')?.[1];
      if (program && command) report(program.span, 'starts', { data: { command } });
    },
    command({ name, words, span }, { keyword }) {
      const values = words.slice(1).map(({ value }) => value);
      if (keyword !== 'RUN' || !values.some((value) => /^(?:-s|--shell)(?:=|$)/.test(value))) return;
      const users = values.filter((value) => /^[\w.]/.test(value));
      if (users.every((user) => user === 'root')) report(span, 'login', { data: { command: name } });
    },
  }),
});
