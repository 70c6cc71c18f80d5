/**
 * True when the path matches: `*` and `?` within a folder, `**` through folders, `[a-z]`, `{a,b}`. Names that begin with
 * a dot are like any other. A glob without `/` is for the file's name in any folder, one that ends in `/` for all in it.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return toRegExp(anchor(normalize(glob))).test(normalize(path));
}

function normalize(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

function anchor(glob: string): string {
  const whole = glob.endsWith('/') ? `${glob}**` : glob;
  return whole.includes('/') ? whole.replace(/^\//, '') : `**/${whole}`;
}

const TOKEN = /\*\*\/|\*+|\?|\[!?\]?[^\]/]*\]|[{},]|[\s\S]/g;

function toRegExp(glob: string): RegExp {
  let depth = 0;
  const hasClosed = (glob.match(/\{/g) ?? []).length === (glob.match(/\}/g) ?? []).length;
  const source = (glob.replace(/(?:\*\*\/)+/g, '**/').match(TOKEN) ?? []).map((token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token.startsWith('*')) return token.length > 1 ? '.*' : '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length > 1) return `[${token.slice(1, -1).replace(/^!/, '^').replace(/[[\\]/g, '\\$&')}]`;
    if (hasClosed && token === '{') {
      depth++;
      return '(?:';
    }
    if (depth > 0 && token === '}') {
      depth--;
      return ')';
    }
    if (depth > 0 && token === ',') return '|';
    return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source.join('')}$`, 's');
  } catch {
    return /(?!)/;
  }
}
