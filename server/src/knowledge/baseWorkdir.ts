import type { ImageReference } from '../dockerfile/model';

/**
 * Folders that images set with WORKDIR, from their Dockerfiles (keeganwitt/docker-gradle, sbt/docker-sbt,
 * docker-library, 2026-11).
 */
const WORKDIRS: readonly (readonly [repository: RegExp, folder: string, tag?: RegExp])[] = [
  [/^(?:library\/)?gradle$/, '/home/gradle'],
  [/^(?:sbtscala|hseeberger)\/scala-sbt$/, '/root'],
  [/^(?:library\/)?golang$/, '/go'],
  [/^(?:library\/)?composer$/, '/app'],
  [/^(?:library\/)?tomcat$/, '/usr/local/tomcat'],
  [/^(?:library\/)?httpd$/, '/usr/local/apache2'],
  [/^(?:library\/)?(?:nextcloud|wordpress)$/, '/var/www/html'],
  [/^(?:library\/)?php$/, '/var/www/html', /apache|fpm/],
  [/^(?:library\/)?caddy$/, '/srv'],
  [/^(?:library\/)?ghost$/, '/var/lib/ghost'],
  [/^(?:library\/)?redis$/, '/data'],
  [/^oven\/bun$/, '/home/bun/app'],
];

/** The initial working directory of an image; `/` where none is known. */
export function baseWorkdir({ repository, tag = '' }: ImageReference): string {
  return WORKDIRS.find(([pattern, , tags]) => pattern.test(repository) && (!tags || tags.test(tag)))?.[1] ?? '/';
}
