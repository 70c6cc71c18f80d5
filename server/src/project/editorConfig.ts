import type { FormatOptions } from '../engine/format';
import { matchesGlob } from '../engine/glob';
import type { ProjectFiles } from './projectFiles';
import { relative } from './relativePath';

/** More folders than this above a file are not searched. */
const MAX_FOLDERS = 64;

/** What the `.editorconfig` files of a project say about the layout of a Dockerfile. */
export function editorConfigOptions(host: Pick<ProjectFiles, 'parentOf' | 'readText'>, path: string): FormatOptions {
  const properties = propertiesOf(host, path);
  const indent = indentOf(properties);
  return {
    ...(indent === undefined ? {} : { indent, isIndentForAll: true }),
    ...(properties.get('trim_trailing_whitespace') === 'false' ? { keepsTrailingBlanks: true } : {}),
    ...(properties.get('insert_final_newline') === 'false' ? { keepsLastLine: true } : {}),
  };
}

/** https://spec.editorconfig.org (2026-11): `indent_size` may be `tab`, and `tab_width` is the same where it is missing. */
function indentOf(properties: ReadonlyMap<string, string>): string | undefined {
  const [style, size, width] = ['indent_style', 'indent_size', 'tab_width'].map((name) => properties.get(name));
  if (style === 'tab') return '\t';
  const columns = Number(size === undefined || size === 'tab' ? width : size);
  const isColumns = Number.isInteger(columns) && columns > 0 && columns <= 16;
  if (size === 'tab' && style !== 'space') return '\t';
  return isColumns ? ' '.repeat(columns) : undefined;
}

function propertiesOf(host: Pick<ProjectFiles, 'parentOf' | 'readText'>, path: string): Map<string, string> {
  const found: Map<string, string>[] = [];
  let folder = host.parentOf(path);
  for (let count = 0; folder !== undefined && count < MAX_FOLDERS; count++) {
    const file = `${folder.replace(/[/\\]$/, '')}/.editorconfig`;
    const text = host.readText(file);
    if (text !== undefined) {
      const { isRoot, properties } = read(text, relative(file, path));
      found.push(properties);
      if (isRoot) break;
    }
    folder = host.parentOf(folder);
  }
  // The nearest file has the last word.
  const all = new Map(found.reverse().flatMap((one) => [...one]));
  for (const [name, value] of all) if (value === 'unset') all.delete(name);
  return all;
}

/** The properties of the sections that match; later ones override earlier ones. */
function read(text: string, path: string): { isRoot: boolean; properties: Map<string, string> } {
  const properties = new Map<string, string>();
  let isRoot = false;
  let matches: boolean | undefined;
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    if (line.startsWith('[') && line.endsWith(']')) {
      matches = matchesGlob(path, line.slice(1, -1));
      continue;
    }
    const at = line.indexOf('=');
    if (at < 0) continue;
    const [name, value] = [line.slice(0, at), line.slice(at + 1)].map((part) => part.trim().toLowerCase());
    if (name === undefined || value === undefined) continue;
    if (matches === undefined) isRoot ||= name === 'root' && value === 'true';
    else if (matches) properties.set(name, value);
  }
  return { isRoot, properties };
}
