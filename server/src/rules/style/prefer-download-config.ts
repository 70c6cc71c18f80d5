import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'prefer-download-config',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:prefer-curl-config', 'tally:prefer-wget-config'],
    messages: {
      repeated: 'The retries of `{tool}` are repeated here',
    },
    docs: {
      description: 'Configure download retries once',
      rationale:
        'Retries and timeouts that are repeated in every call become inconsistent. curl reads `~/.curlrc`, wget reads `/etc/wgetrc`.',
      bad: [
        'FROM debian:12\nRUN curl --retry 3 -fO https://example.com/a && curl --retry 5 -fO https://example.com/b\n',
      ],
      good: ['FROM debian:12\nRUN curl --retry 3 -fO https://example.com/a\n'],
      references: ['https://curl.se/docs/manpage.html#-K'],
    },
  },
  visits: { tools: ['curl', 'wget'] },
  create: ({ report }) => {
    const seen = new Set<string>();
    return {
      command(command, on) {
        const option = readOptions(command).option('--retry', '-t', '--tries', '--retry-delay', '--waitretry');
        const key = `${command.name} ${on.stage?.index}`;
        if (option && seen.has(key)) report(option.word.span, 'repeated', { data: { tool: command.name } });
        if (option) seen.add(key);
      },
    };
  },
});
