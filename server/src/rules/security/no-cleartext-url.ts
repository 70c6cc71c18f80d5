import { expandedWord } from '../../dockerfile/expandedWord';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-cleartext-url',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S5332', 'curlUseHttpsUrl', 'wgetUseHttpsUrl'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      cleartext: '`{url}` is downloaded over an unencrypted connection',
      https: 'Use https://',
    },
    docs: {
      description: 'Download over HTTPS',
      rationale:
        'Over plain HTTP or FTP, anyone on the network path can substitute the file, and the build installs it.',
      fixSafety: { unsafe: 'the server may not support HTTPS.' },
      bad: ['FROM debian:12\nRUN curl -fO http://example.com/a.tgz\n'],
      good: [
        'FROM debian:12\nRUN curl -fO https://example.com/a.tgz\n',
        'FROM debian:12\nRUN curl -f http://localhost:8080/health\n',
      ],
      references: ['https://owasp.org/www-community/vulnerabilities/Insecure_Transport'],
    },
  },
  visits: { keywords: ['ADD'], tools: ['curl', 'wget'] },
  create: ({ report }) => {
    const check = (word: Word, expanded?: string): void => {
      const url = word.value.includes('://') ? word.value : (expanded ?? '');
      const scheme = /^(?:http|ftp):\/\//i.exec(url)?.[0];
      if (scheme === undefined || !isPublic(url.slice(scheme.length))) return;
      const start = word.span.start + word.text.indexOf(scheme);
      const span = { start, end: start + scheme.length };
      const isHttp = scheme.toLowerCase() === 'http://' && word.text.includes(scheme);
      report(word.span, 'cleartext', {
        data: { url: url.length > 40 ? `${url.slice(0, 39)}…` : url },
        fix: isHttp ? { title: 'https', safety: 'unsafe', edits: [{ span, newText: 'https://' }] } : undefined,
      });
    };
    return {
      instruction(node) {
        if (node.keyword === 'ADD') for (const word of node.args.slice(0, -1)) check(word, expandedWord(node, word));
      },
      command(command, on) {
        if (on.keyword !== 'RUN' || (command.name !== 'curl' && command.name !== 'wget')) return;
        // The script may give the variable another value.
        const isSet = on.script?.commands.some(({ assignments }) => assignments.length > 0);
        for (const word of command.words.slice(1))
          check(word, word.isStatic || isSet ? undefined : on.expand(word.text));
      },
    };
  },
});

/** True for a host on the internet: single-label names and private addresses are internal. */
function isPublic(rest: string): boolean {
  const host = /^(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/.exec(rest)?.[1]?.toLowerCase() ?? '';
  if (!host.includes('.') || host.includes('$') || host.startsWith('[')) return false;
  if (/^(?:127|10|0|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host)) return false;
  return !/\.(?:internal|local|localhost|lan|test|example)$/.test(host);
}
