import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { escapePattern } from '../../text/pattern';
import { type Guard, refuse } from '../transform';
import { isStarted, type Started, unknownProgram } from './started';

/** Programs that the build makes and the final stage takes. */
export interface Programs {
  readonly artefacts: readonly string[];
  /** Those that are looked up on the PATH of the build image alone. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** The programs among these that the final stage needs; a guard where something else is started. */
export function programsOf(
  site: Site,
  started: Started,
  built: ReadonlySet<string>,
  isWanted: (path: string) => boolean,
): Programs | Guard {
  const copied = copiesOf(site, built);
  const all = [...new Set([...built, ...copied.values()])];
  const unknown = unknownProgram(site, started, (path) => all.some((one) => one === path || nameOf(one) === path));
  const [program = ''] = started.commands[0]?.words ?? [];
  if (unknown !== undefined || !all.some((path) => isStarted(started, path)))
    return refuse('`{program}` is not what the build makes', { program: unknown ?? program });
  // What is copied on within the build is taken from where it is started.
  const wanted = all.filter(
    (path) => isStarted(started, path) || (isWanted(path) && !copied.has(path)) || isCalled(site, nameOf(path)),
  );
  // The final image has no /go/bin or /usr/local/cargo/bin on its PATH.
  const isMoved = (path: string) =>
    !/^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$/.test(path) &&
    isNamedAlone(started, path) &&
    !isNamedByPath(started, path);
  return {
    artefacts: wanted.filter((path) => !isMoved(path)),
    moved: wanted.filter(isMoved).map((from) => ({ from, to: `/usr/local/bin/${nameOf(from)}` })),
  };
}

/** Where a RUN copies or moves programs: from their place to the new one. */
function copiesOf({ stage }: Site, built: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of stage.instructions) {
    for (const { name, words } of node.keyword === 'RUN' ? (node.script?.commands ?? []) : []) {
      if (!/^(?:cp|mv|install|ln)$/.test(name)) continue;
      const paths = words.flatMap(({ value }, index) =>
        index === 0 || value.startsWith('-') ? [] : [absolutePath(value, workdirAt(node))],
      );
      const target = paths.at(-1);
      const source = paths.slice(0, -1).find((path) => built.has(path));
      if (source === undefined || target === undefined) continue;
      const isFolder = words.at(-1)?.value.endsWith('/') || /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/app$/.test(target);
      found.set(source, isFolder || target === workdirAt(node) ? `${target}/${nameOf(source)}` : target);
    }
  }
  return found;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isNamedAlone({ commands, scripts }: Started, path: string): boolean {
  const name = nameOf(path);
  const word = new RegExp(`(?:^|[\\s;&|"'])${escapePattern(name)}(?=[\\s;&|"']|$)`);
  return commands.some(({ words }) => words.includes(name)) || scripts.some((text) => word.test(text));
}

function isNamedByPath({ commands, scripts }: Started, path: string): boolean {
  return (
    commands.some(({ words, workdir }) =>
      words.some((word) => word.includes('/') && absolutePath(word, workdir) === path),
    ) || scripts.some((text) => text.includes(path))
  );
}

/** A source starts it as another program. */
export function isCalled(site: Site, name: string): boolean {
  const names = [`"${name}"`, `/${name}"`];
  return (
    sourcesOf(site)?.some(({ text }) =>
      [...text.matchAll(/\b(?:exec\.Command(?:Context)?|Command::new)\(([^)\n]{0,200})/g)].some(([, given = '']) =>
        names.some((one) => given.includes(one)),
      ),
    ) ?? false
  );
}
