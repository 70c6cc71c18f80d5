import type { ImageReference } from '../dockerfile/model';

/** Folders that images set with WORKDIR, by their Dockerfiles (keeganwitt/docker-gradle, docker-library, 2026-11). */
const WORKDIRS: readonly (readonly [repository: RegExp, folder: string])[] = [
  [/^(?:library\/)?gradle$/, '/home/gradle'],
  [/^(?:library\/)?golang$/, '/go'],
  [/^(?:library\/)?composer$/, '/app'],
  [/^(?:library\/)?tomcat$/, '/usr/local/tomcat'],
  [/^(?:library\/)?httpd$/, '/usr/local/apache2'],
  [/^oven\/bun$/, '/home/bun/app'],
];

/** The working directory that an image begins with; `/` where none is known. */
export function baseWorkdir({ repository }: ImageReference): string {
  return WORKDIRS.find(([pattern]) => pattern.test(repository))?.[1] ?? '/';
}
