/** A folder that is named like a build's output and holds something else: a person put it there. */
export function isSource(
  { files }: { readonly files: ReadonlyMap<string, unknown> },
  folder: string,
  output: RegExp,
): boolean {
  const inside = [...files.keys()]
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1));
  return inside.length > 0 && !inside.some((path) => output.test(path));
}
