/**
 * What the full variants of official images have from the start (their Dockerfiles, 2026-11). `buildpack-deps` brings
 * compilers, tools and the headers of common libraries; golang and php install the compilers by themselves.
 */
const ON_BUILDPACK_DEPS = /^(?:buildpack-deps|elixir|erlang|gcc|node|perl|pypy|python|ruby|rust)$/;
const WITH_COMPILERS = /^(?:golang|php)$/;
const SMALLER = /slim|alpine|windows|-(?:curl|scm)$/;

/** All of buildpack-deps, headers such as those of zlib1g-dev included. */
export function hasBuildpackDeps(repository: string, tag: string | undefined): boolean {
  return ON_BUILDPACK_DEPS.test(repository) && !SMALLER.test(tag ?? '');
}

/** gcc, g++, make, libc6-dev and pkg-config. */
export function hasCompilers(repository: string, tag: string | undefined): boolean {
  return hasBuildpackDeps(repository, tag) || (WITH_COMPILERS.test(repository) && !SMALLER.test(tag ?? ''));
}
