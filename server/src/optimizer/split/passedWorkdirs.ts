import { byArgument } from '../../app/argumentFolders';
import type { Stage } from '../../dockerfile/model';
import { isWithin } from '../../text/paths';

/** The lines of a final stage, with directories by their full names and without WORKDIRs that only the build used. */
export function finalLines(stage: Stage, lines: readonly string[]): string[] {
  return withoutPassedWorkdirs(lines).map((line, index, all) => {
    const above = all.slice(0, index);
    const isSet = (name: string) => above.some((other) => new RegExp(`^[ \\t]*ARG\\s+${name}\\b`, 'im').test(other));
    return line.startsWith('COPY --from=') ? byArgument(stage, line, isSet) : line;
  });
}

interface Line {
  readonly text: string;
  /** In upper case. */
  readonly keyword: string;
  readonly body: string;
}

/** Instructions that do not depend on the working directory. */
const INDEPENDENT = /^(?:ARG|ENV|EXPOSE|HEALTHCHECK|LABEL|STOPSIGNAL|USER)$/;

/**
 * The lines of a final stage without each WORKDIR that only the build used: another WORKDIR follows before anything
 * depends on it, or it repeats the current one.
 */
export function withoutPassedWorkdirs(lines: readonly string[]): string[] {
  let left = withoutRepeated(lines.map(readLine));
  for (;;) {
    const passed = left.findLastIndex((line, index) => isPassed(line, left.slice(index + 1)));
    if (passed < 0) return left.map(({ text }) => text);
    left = withoutRepeated(left.toSpliced(passed, 1));
  }
}

function withoutRepeated(lines: readonly Line[]): Line[] {
  let current = '';
  return lines.filter(({ keyword, body }) => {
    if (keyword !== 'WORKDIR') return true;
    const folder = body.startsWith('/') ? body.replace(/\/$/, '') : '';
    const isSame = folder !== '' && folder === current;
    current = folder;
    return !isSame;
  });
}

function readLine(text: string): Line {
  const bare = text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)*/, '').trim();
  const [keyword = ''] = bare.split(/\s/, 1);
  return { text, keyword: keyword.toUpperCase(), body: bare.slice(keyword.length).trim() };
}

function isPassed({ keyword, body }: Line, later: readonly Line[]): boolean {
  if (keyword !== 'WORKDIR' || !/^\/[\w./-]*$/.test(body)) return false;
  const next = later.findIndex((line) => line.keyword === 'WORKDIR');
  if (!later[next]?.body.startsWith('/')) return false;
  if (!later.slice(0, next).every((line) => INDEPENDENT.test(line.keyword) || goesToRoot(line))) return false;
  // A directory that is named again has to exist.
  const folder = body.replace(/\/$/, '');
  return !later.some(
    (line) => line.body.includes(folder) && !/^(?:COPY|ADD|WORKDIR)$/.test(line.keyword) && !later.some(makes(folder)),
  );
}

function makes(folder: string): (line: Line) => boolean {
  return ({ keyword, body }) => /^(?:COPY|ADD|WORKDIR)$/.test(keyword) && isWithin(targetOf(body), folder);
}

/** A COPY to an absolute path, or a RUN that only installs packages. */
function goesToRoot({ keyword, body }: Line): boolean {
  if (keyword === 'RUN') return /^(?:apt-get update|apk add)\b/.test(body);
  return /^(?:COPY|ADD)$/.test(keyword) && targetOf(body).startsWith('/');
}

function targetOf(body: string): string {
  return (body.split(/\s+/).at(-1) ?? '').replace(/\/$/, '');
}
