import { isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { absolutePath } from './copiedFiles';
import type { SourceFile } from './sources';

/** A call that creates or changes a file, up to its first argument, in the standard libraries of Go and Rust. */
const FUNCTION = anyOf(
  /(?:os|ioutil)\.(?:Create|WriteFile|OpenFile|Mkdir|MkdirAll|CreateTemp|MkdirTemp|TempFile|TempDir)/,
  /fs::(?:write|create_dir|create_dir_all)|File::create/,
  /OpenOptions::new\(\)[\s\w.()]{0,200}?\.open/,
);
const ARGUMENT = anyOf(
  /"([^"\n]{0,200})"|`([^`\n]{0,200})`/,
  /(?:filepath\.Join|path\.Join|Path::new)\(\s{0,20}"([^"\n]{0,200})"/,
  /([A-Za-z_]\w{0,60})\s{0,4}[,)]/,
);
const CALL = new RegExp(`\\b(?:${FUNCTION.source})\\(\\s{0,20}&?(?:${ARGUMENT.source})`, 'g');

/** The files that a source writes with paths of its own. */
export interface WorkdirWrites {
  /** Absolute paths in the working directory and in /tmp. */
  readonly paths: readonly string[];
  /** The text without these calls, to check whether it writes more. */
  readonly rest: string;
}

/** Handles only paths that are string literals, or names that are only assigned string literals. */
export function workdirWrites(workdir: string, { path, text }: SourceFile): WorkdirWrites {
  if (!/\.(?:go|rs)$/.test(path)) return { paths: [], rest: text };
  const paths: string[] = [];
  const rest = text.replace(CALL, (call, ...groups: (string | undefined)[]) => {
    const [plain, raw, joined, name] = groups;
    const named = name === undefined ? [plain ?? raw ?? joined ?? ''] : valuesOf(text, name);
    // Without a folder, temporary files go to /tmp.
    const absolute = named.map((one) => (one === '' ? '/tmp' : absolutePath(one, workdir)));
    const isKnown = named.every((one) => !/[~$%]/.test(one)) && absolute.every((one) => isInside(one, workdir));
    if (named.length === 0 || !isKnown) return call;
    paths.push(...absolute);
    return '';
  });
  return { paths, rest };
}

function isInside(path: string, workdir: string): boolean {
  return isWithin(path, workdir) || isWithin(path, '/tmp');
}

/** All string literals that a name can have; none where it may have another value. */
function valuesOf(text: string, name: string): string[] {
  const isParameter = new RegExp(`\\b(?:func|fn)\\b[^{\\n]{0,400}\\b${name}\\b`).test(text);
  if (isParameter) return [];
  const given = [
    ...text.matchAll(
      new RegExp(
        `\\b${name}\\b[ \\t]{0,8}(?:(?::[ \\t]{0,4}&?(?:'static )?)?(?:string|str)[ \\t]{0,8})?(?::=|[+]?=(?![=>]))[ \\t]{0,8}(.{0,200})`,
        'g',
      ),
    ),
  ].map(([, value = '']) => /^(?:"([^"]*)"|`([^`]*)`);?[ \t\r]*(?:\/\/.*)?$/.exec(value));
  return given.every((value) => value !== null) ? given.map((value) => value?.[1] ?? value?.[2] ?? '') : [];
}
