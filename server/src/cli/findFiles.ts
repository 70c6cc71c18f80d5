import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const NAME = /^(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.(?:Dockerfile|dockerfile|Containerfile|containerfile)$/;
/** Beside Dockerfiles and named like them, yet something else. */
const OTHER = /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|bak|orig|rej|swp|swo|tmp)$|~$/i;
const SKIPPED = new Set(['node_modules', '.git']);

export function isDockerfileName(name: string): boolean {
  return NAME.test(name) && !OTHER.test(name);
}

export interface FoundFiles {
  readonly paths: readonly string[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Files as they are, folders as the Dockerfiles under them, in the order of their names. Each file once. */
export function findFiles(operands: readonly string[]): FoundFiles {
  const paths = new Set<string>();
  const problems: { path: string; message: string }[] = [];
  for (const operand of operands) {
    if (operand === '-') {
      paths.add('-');
      continue;
    }
    try {
      if (statSync(operand).isDirectory()) {
        const found = [...walk(operand, new Set())];
        if (found.length === 0) problems.push({ path: operand, message: 'no Dockerfile in this folder' });
        for (const path of found) paths.add(path);
      } else paths.add(operand);
    } catch (error) {
      problems.push({ path: operand, message: reasonOf(error) });
    }
  }
  return { paths: [...paths], problems };
}

/** A folder that is reached twice, by a link or a loop of links, is walked once. */
function* walk(folder: string, seen: Set<string>): Generator<string> {
  let entries: Dirent[];
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? linkedKind(path) : entry.isDirectory() ? 'folder' : 'file';
    if (kind === 'file' && isDockerfileName(basename(path))) yield path;
    if (kind === 'folder' && !SKIPPED.has(entry.name)) yield* walk(path, seen);
  }
}

function linkedKind(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EISDIR: 'is a folder',
  ELOOP: 'links in a circle',
  ENOENT: 'no such file or folder',
  EPERM: 'no permission to read it',
};

export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return (code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined) ?? message ?? String(error);
}
