/**
 * What the full variants of official images contain (their Dockerfiles, 2026-11). `buildpack-deps` adds compilers,
 * tools and the headers of common libraries; golang and php install the compilers themselves.
 */
const ON_BUILDPACK_DEPS = /^(?:buildpack-deps|elixir|erlang|gcc|node|perl|pypy|python|ruby|rust)$/;
const WITH_COMPILERS = /^(?:golang|php)$/;
const SMALLER = /slim|alpine|windows|-(?:curl|scm)$/;

/** True for images with all of buildpack-deps, including headers such as those of zlib1g-dev. */
export function hasBuildpackDeps(repository: string, tag: string | undefined): boolean {
  return ON_BUILDPACK_DEPS.test(repository) && !SMALLER.test(tag ?? '');
}

/** True for images with gcc, g++, make, libc6-dev and pkg-config. */
export function hasCompilers(repository: string, tag: string | undefined): boolean {
  return hasBuildpackDeps(repository, tag) || (WITH_COMPILERS.test(repository) && !SMALLER.test(tag ?? ''));
}
