import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-docker-socket',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['semgrep:dockerfile-dockerd-socket-mount'],
    fixable: 'manual',
    messages: {
      socket: 'Access to the Docker socket is root access to the host',
      less: 'Remove it, or give access through a proxy with fewer rights',
    },
    advice: { socket: 'less' },
    docs: {
      description: 'Keep the Docker socket out of images',
      rationale:
        'Through `/var/run/docker.sock`, a container can start other containers with full rights on the host. An image that expects the socket makes its users mount it.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM docker:27\nVOLUME /var/run/docker.sock\n'],
      good: ['FROM docker:27\nENV DOCKER_HOST=tcp://docker:2376\n'],
      references: ['https://docs.docker.com/engine/security/protect-access/'],
    },
  },
  visits: { keywords: ['VOLUME', 'COPY', 'ADD', 'RUN', 'CMD', 'ENTRYPOINT'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!/^(?:VOLUME|COPY|ADD|RUN|CMD|ENTRYPOINT)$/.test(node.keyword)) return;
      const source = text.slice(node.span.start, node.span.end);
      const match = /(?:\/var)?\/run\/docker\.sock\b/.exec(source);
      // A RUN only counts if it mounts the socket or changes its mode, not if it mentions it or reads its group id.
      const takes =
        // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
        node.keyword !== 'RUN' || /-v\s|--volume|--mount[= ][^\n]*docker\.sock|chmod[^&;\n]*docker\.sock/.test(source);
      const start = node.span.start + (match?.index ?? 0);
      if (match && takes) report({ start, end: start + match[0].length }, 'socket');
    },
  }),
});
