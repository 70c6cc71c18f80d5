import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-expose-host-port',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['ExposeInvalidFormat'],
    fixable: 'safe',
    messages: {
      host: '`{port}` maps a port: EXPOSE takes only the container port',
      strip: 'Write `{container}`',
    },
    docs: {
      description: 'Name only the container port in EXPOSE',
      rationale:
        'The host address and port are set with `docker run --publish`. In EXPOSE, the host part is ignored at best; newer builders reject it.',
      fixSafety: { safe: 'the image exposes the same container port.' },
      bad: ['FROM debian:12\nEXPOSE 127.0.0.1:8080:80\n', 'FROM debian:12\nEXPOSE 6006:6006\n'],
      good: ['FROM debian:12\nEXPOSE 80 6006\n'],
      references: ['https://docs.docker.com/reference/build-checks/expose-invalid-format/'],
    },
  },
  visits: { keywords: ['EXPOSE'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const word of node.args) {
        const container = /^[\w.[\]:-]*:(\d+(?:-\d+)?(?:\/\w+)?)$/.exec(word.text)?.[1];
        if (container === undefined) continue;
        report(word.span, 'host', {
          data: { port: word.text, container },
          fix: { title: 'strip', safety: 'safe', edits: [{ span: word.span, newText: container }] },
        });
      }
    },
  }),
});
