/** A folder with the name of a build output that contains something else, so a person put it there. */
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
