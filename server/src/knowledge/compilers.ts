/**
 * Official images whose full variants have gcc, g++, make, libc6-dev and pkg-config from the start: they are built on
 * buildpack-deps, and golang and php install the same (their Dockerfiles, 2026-11).
 */
const WITH_COMPILERS = /^(?:buildpack-deps|gcc|golang|node|perl|php|python|ruby|rust)$/;

export function hasCompilers(repository: string, tag: string | undefined): boolean {
  return WITH_COMPILERS.test(repository) && !/slim|alpine|windows|-(?:curl|scm)$/.test(tag ?? '');
}
