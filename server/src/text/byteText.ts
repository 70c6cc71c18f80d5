/** `364 MB`: bytes as people compare images, in decimal megabytes as registries show them. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 10) return `${Math.round(megabytes)} MB`;
  if (megabytes >= 0.1) return `${megabytes.toFixed(1)} MB`;
  return `${Math.round(bytes / 1000)} kB`;
}

/** `364.2 MB`, `19.9 kB`, `7 B`: bytes that were measured. */
export function exactBytes(bytes: number): string {
  if (bytes >= 100_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${(bytes / 1000).toFixed(1)} kB` : `${bytes} B`;
}
