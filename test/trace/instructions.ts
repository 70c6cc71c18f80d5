/**
 * A reader of Dockerfiles that shares nothing with the one it is to check: line by line, as BuildKit's parser is
 * documented to work.
 */
export interface Line {
  readonly keyword: string;
  readonly flags: readonly string[];
  /** What follows the flags, continuations joined. */
  readonly rest: string;
  /** Bodies of its heredocs, in order. */
  readonly bodies: readonly string[];
}

export function readInstructions(text: string): Line[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const escape = escapeOf(lines);
  const found: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = lines[at++] ?? '';
    if (isComment(first) || first.trim() === '') continue;
    let joined = '';
    let current = first;
    for (;;) {
      const continued = withoutEscape(current, escape);
      joined += continued ?? current;
      if (continued === undefined) break;
      while (at < lines.length && (isComment(lines[at] ?? '') || (lines[at] ?? '').trim() === '')) at++;
      if (at >= lines.length) break;
      current = lines[at++] ?? '';
    }
    const { keyword, flags, rest } = splitLine(joined.trim());
    const bodies: string[] = [];
    if (['RUN', 'COPY', 'ADD'].includes(keyword) || /^(?:RUN|COPY|ADD)\s/i.test(rest)) {
      for (const { name, isStripped } of heredocsIn(rest)) {
        const body: string[] = [];
        while (at < lines.length) {
          const raw = lines[at++] ?? '';
          const line = isStripped ? raw.replace(/^\t+/, '') : raw;
          if (line === name) break;
          body.push(line);
        }
        bodies.push(body.join('\n'));
      }
    }
    found.push({ keyword, flags, rest, bodies });
  }
  return found;
}

function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S*)\s*$/.exec(line);
    if (!directive) break;
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] ?? '\\';
  }
  return '\\';
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** The line without the escape character that continues it; undefined when it ends here. */
function withoutEscape(line: string, escape: string): string | undefined {
  const trimmed = line.replace(/[ \t]+$/, '');
  if (!trimmed.endsWith(escape) || trimmed.endsWith(escape + escape)) return undefined;
  return trimmed.slice(0, -1);
}

function splitLine(line: string): { keyword: string; flags: string[]; rest: string } {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(line);
  let rest = match?.[2] ?? '';
  const flags: string[] = [];
  for (let flag = /^--\S+\s*/.exec(rest); flag; flag = /^--\S+\s*/.exec(rest)) {
    flags.push(flag[0].trim());
    rest = rest.slice(flag[0].length);
  }
  return { keyword: (match?.[1] ?? '').toUpperCase(), flags, rest: rest.trim() };
}

/** `<<EOF`, `<<-"EOF"` where a word begins, outside quotes. */
function heredocsIn(rest: string): { name: string; isStripped: boolean }[] {
  const plain = rest.replace(/(?<!<<-?\s*)(["'])(?:\\.|(?!\1)[^\\])*\1/g, (quoted) => ' '.repeat(quoted.length));
  return [...plain.matchAll(/(?:^|\s)\d*<<(-?)\s*(["']?)([A-Za-z_]\w*)\2/g)].map((match) => ({
    name: match[3] ?? '',
    isStripped: match[1] === '-',
  }));
}
