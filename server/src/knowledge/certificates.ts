/**
 * Official images whose slim variants also contain CA certificates: they install `ca-certificates` (their Dockerfiles,
 * 2026-11). Debian, Ubuntu and slim Node.js images have none.
 */
const WITH_CERTIFICATES = /^(?:buildpack-deps|eclipse-temurin|elixir|gcc|golang|nginx|php|python|ruby|rust)$/;

export function hasCertificates(repository: string, variant: string | undefined): boolean {
  return WITH_CERTIFICATES.test(repository) || (repository === 'node' && variant === 'full');
}
