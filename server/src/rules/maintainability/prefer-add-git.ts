import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-add-git',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:prefer-add-git', 'tally:prefer-add-unpack'],
    messages: {
      git: 'ADD clones a repository without git in the image',
      unpack: 'ADD --unpack downloads and unpacks without tools in the image',
    },
    docs: {
      description: 'Let ADD clone and download',
      rationale:
        'BuildKit clones and downloads by itself: the image needs neither git nor curl, and the result is cached by commit or checksum. Off by default, because a clone with ADD has no history and, by default, no submodules.',
      bad: ['FROM debian:12\nRUN git clone https://github.com/a/b.git /b\n'],
      good: ['FROM debian:12\nADD https://github.com/a/b.git#v1.0 /b\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#add'],
    },
  },
  visits: { tools: ['git', 'tar'] },
  create: ({ report }) => ({
    command(command, on) {
      if (command.isConditional) return;
      const [, subcommand] = command.words;
      if (command.name === 'git' && subcommand?.value === 'clone') {
        if (command.words.some(({ value }) => /^https:\/\/[^$]+$/.test(value))) report(command.span, 'git');
        return;
      }
      const isPiped = command.name === 'tar' && command.pipeline.index === 1;
      const source = on.script?.commands.find(
        (other) => other.chain === command.chain && other.itemIndex === command.itemIndex && other.pipeline.index === 0,
      );
      if (isPiped && source && /^(?:curl|wget)$/.test(source.name))
        report({ start: source.span.start, end: command.span.end }, 'unpack');
    },
  }),
});
