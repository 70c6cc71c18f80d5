import { effectiveUser } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'daemon-write-access',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      denied: '{daemon} cannot start as `{user}`: it writes to {folders}',
      instead: 'Give {folders} to `{user}`, or use an image that runs without root: {image}',
    },
    docs: {
      description: 'Give a daemon that runs without root the folders that it writes to',
      rationale:
        'The official images of nginx and httpd start as root and then run their workers as another user. With `USER`, the start itself has no access to the folders for caches, logs and the process id, and fails with `Permission denied`.',
      fixSafety: { manual: 'the configuration says where the daemon writes.' },
      bad: ['FROM nginx:1.29-alpine\nCOPY dist /usr/share/nginx/html\nUSER nginx\n'],
      good: [
        'FROM nginxinc/nginx-unprivileged:1.29-alpine\nCOPY dist /usr/share/nginx/html\n',
        'FROM nginx:1.29-alpine\nRUN chown -R nginx /var/cache/nginx && touch /run/nginx.pid && chown nginx /run/nginx.pid\nUSER nginx\n',
      ],
      references: ['https://hub.docker.com/_/nginx', 'https://hub.docker.com/r/nginxinc/nginx-unprivileged'],
    },
  },
  create: ({ dockerfile, knowledge, report }) => ({
    stage(stage) {
      if (stage !== dockerfile.stages.at(-1) || stage.base.kind !== 'image') return;
      const daemon = DAEMONS.get(stage.base.image.name);
      const { name: user, isRoot, setBy } = effectiveUser(stage, knowledge);
      if (!daemon || user === undefined || isRoot !== false || !setBy) return;
      // Whoever touches these folders, the configuration or the start has taken care of them.
      const isOwn = stage.instructions.some(
        ({ keyword, bodyText }) =>
          keyword === 'ENTRYPOINT' ||
          (keyword === 'CMD' && !/nginx|httpd/.test(bodyText)) ||
          daemon.mentions.test(bodyText),
      );
      if (isOwn) return;
      const { title, folders, image } = daemon;
      report(setBy.span, 'denied', {
        data: { daemon: title, user, folders },
        fix: { title: 'instead', data: { user, folders, image }, safety: 'manual' },
      });
    },
  }),
});

interface Daemon {
  readonly title: string;
  readonly folders: string;
  readonly mentions: RegExp;
  readonly image: string;
}

/** What their default configurations name (nginxinc/docker-nginx, docker-library/httpd; 2026-11). */
const DAEMONS: ReadonlyMap<string, Daemon> = new Map([
  [
    'nginx',
    {
      title: 'nginx',
      folders: '`/var/cache/nginx`, `/run`',
      mentions: /\/var\b|\/run\b|nginx\.conf|\/etc\/nginx[/ "]{0,3}$|\bchown\b|\bchmod\b/m,
      image: '`nginxinc/nginx-unprivileged`',
    },
  ],
  [
    'httpd',
    {
      title: 'httpd',
      folders: '`/usr/local/apache2/logs`',
      mentions: /\/usr\/local\/apache2\/logs|httpd\.conf|\/usr\/local\/apache2[/ "]{0,3}$|\bchown\b|\bchmod\b/m,
      image: '`registry.access.redhat.com/ubi9/httpd-24`',
    },
  ],
]);
