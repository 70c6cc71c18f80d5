import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-remote-add',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['kics:curl_or_wget_instead_of_add'],
    messages: {
      remote: 'ADD leaves what it downloads in a layer of its own',
    },
    docs: {
      description: 'Download in the RUN that uses the file',
      rationale:
        'What ADD downloads is a layer. A RUN that downloads, unpacks and deletes leaves the result alone. Off by default: ADD with a checksum is cached better.',
      bad: ['FROM debian:12\nADD https://example.com/app.tgz /tmp/\nRUN tar -xf /tmp/app.tgz -C /opt\n'],
      good: ['FROM debian:12\nRUN curl -fsSL https://example.com/app.tgz | tar -x -C /opt\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  visits: { keywords: ['ADD'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const { value, span } of node.args.slice(0, -1))
        if (/^(?:https?|ftp):\/\//i.test(value) && !/\.git(?:[?#].*)?$/.test(value)) report(span, 'remote');
    },
  }),
});
