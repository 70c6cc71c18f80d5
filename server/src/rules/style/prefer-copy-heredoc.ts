import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-copy-heredoc',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:prefer-copy-heredoc', 'tally:prefer-formatted-heredocs'],
    messages: {
      echo: '`{name}` writes a file: COPY with a heredoc shows its content as it is',
    },
    docs: {
      description: 'Write small files with COPY and a heredoc',
      rationale:
        'Text for `echo` must be quoted for the shell, line by line. A heredoc in COPY contains the file as it is. It needs BuildKit.',
      bad: ['FROM debian:12\nRUN echo "a=1" > /etc/app.conf\n'],
      good: ['FROM debian:12\nCOPY <<EOF /etc/app.conf\na=1\nEOF\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
    },
  },
  visits: { tools: ['echo', 'printf'] },
  create: ({ report }) => ({
    command(command, on) {
      if (
        on.keyword !== 'RUN' ||
        (command.name !== 'echo' && command.name !== 'printf') ||
        command.isConditional ||
        command.pipeline.length > 1
      )
        return;
      const target = command.redirects.find(({ operator }) => operator === '>')?.target;
      // Output that depends on the build, or that goes to a device, cannot be a copied file.
      if (
        !target?.isStatic ||
        target.value.startsWith('/dev/') ||
        !command.words.slice(1).every(({ isStatic }) => isStatic)
      )
        return;
      report(command.span, 'echo', { data: { name: command.name } });
    },
  }),
});
