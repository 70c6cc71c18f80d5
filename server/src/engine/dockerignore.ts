/** What a `.dockerignore` keeps out of the build context. */
export interface Dockerignore {
  /** True when the file or folder, with all that lies in it, is kept out. */
  isIgnored(path: string): boolean;
}

interface Pattern {
  readonly text: string;
  readonly isException: boolean;
  readonly regex: RegExp;
}

/** Reads patterns by the rules of https://docs.docker.com/build/concepts/context/#dockerignore-files: the last that matches decides. */
export function parseDockerignore(text: string): Dockerignore {
  const patterns = text.split(/\r?\n/).flatMap((line): Pattern[] => {
    const trimmed = line.replace(/^\uFEFF/, '').trim();
    if (trimmed === '' || line.startsWith('#')) return [];
    const isException = trimmed.startsWith('!');
    const pattern = clean(isException ? trimmed.slice(1).trim() : trimmed);
    return pattern === '' ? [] : [{ text: pattern, isException, regex: toRegex(pattern) }];
  });
  return {
    isIgnored: (given) => {
      const path = clean(given);
      // Of the context's root only a pattern for everything leaves nothing.
      if (path === '')
        return !patterns.some((one) => one.isException) && patterns.some((one) => /^\*\*?$/.test(one.text));
      const parts = path.split('/');
      const withParents = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
      const last = patterns.findLastIndex(({ regex }) => withParents.some((parent) => regex.test(parent)));
      if (last < 0 || patterns[last]?.isException) return false;
      // An exception may bring back something inside.
      return !patterns.some((one) => one.isException && (one.text.startsWith(`${path}/`) || one.text.startsWith('**')));
    },
  };
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** `*` and `?` stay within a folder, `**` crosses folders. */
function toRegex(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\\.|\[[^\]]*\]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return /^\[.+\]$/.test(part) ? part : part.startsWith('\\') && part.length > 1 ? part : `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A range such as `[z-a]`: it matches nothing.
    return /(?!)/;
  }
}
