import type { ImageReference } from '../dockerfile/model';

/**
 * Folders that images set with WORKDIR, from their Dockerfiles (keeganwitt/docker-gradle, sbt/docker-sbt,
 * docker-library, 2026-11).
 */
const WORKDIRS: readonly (readonly [repository: RegExp, folder: string, tag?: RegExp])[] = [
  [/^gradle$/, '/home/gradle'],
  [/^(?:sbtscala|hseeberger)\/scala-sbt$/, '/root'],
  [/^golang$/, '/go'],
  [/^composer$/, '/app'],
  [/^tomcat$/, '/usr/local/tomcat'],
  [/^httpd$/, '/usr/local/apache2'],
  [/^(?:nextcloud|wordpress)$/, '/var/www/html'],
  [/^php$/, '/var/www/html', /apache|fpm/],
  [/^caddy$/, '/srv'],
  [/^ghost$/, '/var/lib/ghost'],
  [/^redis$/, '/data'],
  [/^oven\/bun$/, '/home/bun/app'],
];

/** The initial working directory of an image; `/` where none is known. */
export function baseWorkdir({ name, tag = '' }: ImageReference): string {
  return WORKDIRS.find(([pattern, , tags]) => pattern.test(name) && (!tags || tags.test(tag)))?.[1] ?? '/';
}
