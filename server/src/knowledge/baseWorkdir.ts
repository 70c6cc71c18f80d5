import type { ImageReference } from '../dockerfile/model';

/**
 * Folders that images set with WORKDIR, from their Dockerfiles (keeganwitt/docker-gradle, sbt/docker-sbt,
 * docker-library, klakegg/docker-hugo, squidfunk/mkdocs-material, 2026-11; GoogleContainerTools/distroless, 2026-12).
 */
const WORKDIRS: ReadonlyMap<string, string> = new Map([
  ['gradle', '/home/gradle'],
  ['sbtscala/scala-sbt', '/root'],
  ['hseeberger/scala-sbt', '/root'],
  ['golang', '/go'],
  ['composer', '/app'],
  ['tomcat', '/usr/local/tomcat'],
  ['httpd', '/usr/local/apache2'],
  ['nextcloud', '/var/www/html'],
  ['wordpress', '/var/www/html'],
  ['caddy', '/srv'],
  ['ghost', '/var/lib/ghost'],
  ['redis', '/data'],
  ['oven/bun', '/home/bun/app'],
  ['klakegg/hugo', '/src'],
  ['squidfunk/mkdocs-material', '/docs'],
]);

/** The initial working directory of an image; `/` where none is known. */
export function baseWorkdir({ name, tag = '' }: ImageReference): string {
  if (name.startsWith('gcr.io/distroless/')) return /\bnonroot\b/.test(tag) ? '/home/nonroot' : '/';
  if (name === 'php') return /apache|fpm/.test(tag) ? '/var/www/html' : '/';
  return WORKDIRS.get(name) ?? '/';
}

/** True for a working directory to which everyone may write: mode 1777 (docker-library/golang and php, 2026-11). */
export function isOpenWorkdir({ name }: ImageReference): boolean {
  return name === 'golang' || name === 'php';
}
