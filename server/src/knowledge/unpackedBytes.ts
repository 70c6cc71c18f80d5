/**
 * Unpacked bytes of an image for each of its compressed ones. The images that the apps of docs/benchmarks.md are built on
 * have 2.3 (eclipse-temurin) to 2.7 (debian, slim) times what docker-library/repo-info gives for their tags.
 */
const UNPACKED = 2.4;

/** About what an image takes on disk, as `docker images` shows it, by what is downloaded. */
export function unpackedBytes(compressed: number): number {
  return compressed * UNPACKED;
}
