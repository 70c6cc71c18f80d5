/** `364 MB`, `1.12 GB`: a size for comparing images, in decimal units like those of registries. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 1000) return gigabytes(bytes);
  if (megabytes >= 10) return `${Math.round(megabytes)} MB`;
  if (megabytes >= 0.1) return `${megabytes.toFixed(1)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} B`;
}

/** `1.07 GB`, `364.2 MB`, `19.9 kB`, `7 B`: a measured size. */
export function exactBytes(bytes: number): string {
  if (bytes >= 1_000_000_000) return gigabytes(bytes);
  if (bytes >= 100_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${(bytes / 1000).toFixed(1)} kB` : `${bytes} B`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
