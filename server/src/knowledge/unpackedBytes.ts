/**
 * The ratio of unpacked to compressed size. For the base images of the apps in docs/benchmarks.md, it is between 2.3
 * (eclipse-temurin) and 2.7 (debian, slim), compared with the sizes in docker-library/repo-info.
 */
const UNPACKED = 2.4;

/** Estimates the disk size of an image, as `docker images` shows it, from its download size. */
export function unpackedBytes(compressed: number): number {
  return compressed * UNPACKED;
}
