import { expandedWord } from '../../dockerfile/expandedWord';
import { defineRule } from '../../engine/rule';

// Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
const REPOSITORY = /\.git(?:[?#].*)?$/;

export default defineRule({
  meta: {
    id: 'no-remote-add',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['kics:curl_or_wget_instead_of_add', 'CKV_DOCKER_4', 'semgrep:prefer-copy-over-add'],
    messages: {
      remote: 'ADD keeps the download in a separate layer',
    },
    docs: {
      description: 'Download in the RUN that uses the file',
      rationale:
        'A file that ADD downloads becomes a layer. A RUN that downloads, unpacks and deletes keeps only the result. Off by default, because ADD with a checksum makes better use of the build cache.',
      bad: ['FROM debian:12\nADD https://example.com/app.tgz /tmp/\nRUN tar -xf /tmp/app.tgz -C /opt\n'],
      good: ['FROM debian:12\nRUN curl -fsSL https://example.com/app.tgz | tar -x -C /opt\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  visits: { keywords: ['ADD'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const word of node.args.slice(0, -1)) {
        const source = expandedWord(node, word) ?? word.value;
        if (/^(?:https?|ftp):\/\//i.test(source) && !REPOSITORY.test(source)) report(word.span, 'remote');
      }
    },
  }),
});
