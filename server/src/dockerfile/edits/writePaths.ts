/** A COPY instruction, in JSON form where a path contains a blank. */
export function copyLine(flags: string, sources: readonly string[], target: string): string {
  const paths = [...sources, target];
  const isJson = paths.some((path) => /\s/.test(path));
  const written = isJson ? `[${paths.map((path) => JSON.stringify(path)).join(', ')}]` : paths.join(' ');
  return `COPY ${flags}${written}`;
}

/** Paths as words of a shell command, quoted where necessary. */
export function shellPaths(paths: readonly string[]): string {
  return paths
    .map((path) => (/[^\w./:@%+,=${}*?~-]/.test(path) ? `'${path.replaceAll("'", String.raw`'\''`)}'` : path))
    .join(' ');
}
