import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-pipe-to-shell',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DF021'],
    messages: {
      pipe: 'The script from `{command}` runs without verification',
    },
    docs: {
      description: 'Verify scripts before you run them',
      rationale:
        '`curl … | sh` runs whatever the server sends at that moment, and only part of it when the connection breaks. Download a fixed version, verify its checksum, then run it.',
      bad: ['FROM debian:12\nRUN curl -fsSL https://example.com/install.sh | sh\n'],
      good: [
        'FROM debian:12\nADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://example.com/install.sh /tmp/\nRUN sh /tmp/install.sh\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
    },
  },
  create: ({ report }) => ({
    command(command, on) {
      if (on.keyword !== 'RUN' || !SHELLS.has(command.name) || command.pipeline.index !== 1) return;
      const first = on.script?.commands.find(
        (other) => other.chain === command.chain && other.itemIndex === command.itemIndex && other.pipeline.index === 0,
      );
      const isDownload = first?.name === 'curl' || first?.name === 'wget';
      if (first && isDownload)
        report({ start: first.span.start, end: command.span.end }, 'pipe', { data: { command: first.name } });
    },
  }),
});

const SHELLS: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'ash',
  'dash',
  'zsh',
  'python',
  'python3',
  'perl',
  'ruby',
  'node',
  'php',
]);
