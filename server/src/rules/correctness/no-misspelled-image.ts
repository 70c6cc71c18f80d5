import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';
import { isSlip } from '../shared/slip';

export default defineRule({
  meta: {
    id: 'no-misspelled-image',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      near: 'No official image is named `{name}`: did you mean `{image}`?',
      replace: 'Replace it with `{image}`',
    },
    docs: {
      description: 'Spell the names of official images right',
      rationale:
        'On Docker Hub, only official images have a name without a slash. A name that differs by one or two letters from such an image is not there, and the build stops.',
      fixSafety: { unsafe: 'the name may be that of a local image or of a build context on the command line.' },
      bad: ['FROM pyton:3.13-slim\n'],
      good: ['FROM python:3.13-slim\n', 'FROM registry.example/pyton:3.13\n', 'FROM myapp-base:1\n'],
      references: ['https://docs.docker.com/docker-hub/image-library/trusted-content/'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ dockerfile: { stages }, knowledge, settings: { contexts }, report }) => ({
    instruction(node) {
      const base = stages.find(({ from }) => from === node)?.base;
      if (base?.kind !== 'image' || !base.image.isLiteral || base.image.tag === undefined) return;
      const { repository: name, registry, span } = base.image;
      const isKnown = knowledge.names.includes(name) || contexts.has(name);
      if (registry !== undefined || name.includes('/') || name.length < 4 || isKnown) return;
      const image = meantBy(name);
      if (image === undefined) return;
      report({ start: span.start, end: span.start + name.length }, 'near', {
        data: { name, image },
        fix: {
          title: 'replace',
          safety: 'unsafe',
          edits: [{ span: { start: span.start, end: span.start + name.length }, newText: image }],
        },
      });
    },
  }),
});

/** `pyton`, `phyton`, `postgresql`. Four letters must be the same ones. */
function meantBy(name: string): string | undefined {
  if (Object.hasOwn(OTHER_NAMES, name)) return OTHER_NAMES[name];
  const image = nearestName(name, POPULAR);
  if (image === undefined) return undefined;
  const areSameLetters = [...name].sort().join('') === [...image].sort().join('');
  return areSameLetters || (name.length > 4 && image.length > 4 && isSlip(name, image)) ? image : undefined;
}

/** Programs whose image has another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { nodejs: 'node', mongodb: 'mongo', postgresql: 'postgres' };

/** The most popular official images (hub.docker.com/search?image_filter=official, 2026-11). */
const POPULAR = [
  ...['alpine', 'busybox', 'centos', 'debian', 'fedora', 'ubuntu', 'archlinux', 'amazonlinux', 'rockylinux'],
  ...[
    'golang',
    'node',
    'rust',
    'gradle',
    'maven',
    'openjdk',
    'eclipse-temurin',
    'amazoncorretto',
    'python',
    'ruby',
    'elixir',
  ],
  ...['nginx', 'httpd', 'tomcat', 'haproxy', 'traefik', 'memcached', 'redis', 'postgres', 'mysql', 'mariadb'],
  ...['elasticsearch', 'kibana', 'logstash', 'rabbitmq', 'wordpress', 'composer'],
];
