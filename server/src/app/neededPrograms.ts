import type { Instruction } from '../dockerfile/model';
import type { Site } from './site';
import { readSources, type SourceFile } from './sources';

/** Calls that start another program, in the languages of SOURCE. Without one a quoted `file` or `make` is only a word. */
const STARTS_PROGRAMS =
  /\b(?:subprocess|os\.(?:system|popen|exec\w*|spawn\w*)|pexpect|sh\.\w+\(|child_process|execa|spawn(?:Sync)?\(|exec(?:File|Sync)?\(|shelljs|exec\.Command|Command::new|ProcessBuilder|Runtime\.getRuntime|Process\.Start|shell_exec|proc_open|passthru|popen\(|system\(|Open3|Kernel\.|backtick|%x)|`[a-z]+ /;
const SCRIPT = /\.(?:sh|bash|conf|cfg|ini)$|(?:^|\/)[^./]+$/;

/** Which of the programs the image has to have, because something that stays calls them. */
export function neededPrograms(
  site: Site,
  staying: readonly Instruction[],
  programs: ReadonlySet<string>,
): ReadonlySet<string> {
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (programs.has(name)) needed.add(name);
  };
  for (const node of staying) {
    for (const command of node.script?.commands ?? [])
      for (const word of [command.name, ...command.wrappers.map(({ value }) => value)]) add(word);
    if (node.form === 'exec') for (const { value } of node.args) for (const part of wordsOf(value)) add(part);
  }
  const sources = sourcesOf(site);
  if (!sources) return programs;
  for (const { path, text } of sources) {
    if (SCRIPT.test(path) || text.startsWith('#!') || STARTS_PROGRAMS.test(text))
      for (const name of programsIn(text, path)) add(name);
  }
  return needed;
}

/** `git` in `"git"`, `'git log'`, `` `git ``, `/usr/bin/git`; in shell scripts every word that may be a command. */
/** True when a source starts another program, or it is not known: an image without any would not do. */
export function startsPrograms(site: Site): boolean {
  return sourcesOf(site)?.some(({ text }) => STARTS_PROGRAMS.test(text)) ?? true;
}

/** True when a source talks to servers whose certificates it checks. */
export function callsHttps(site: Site): boolean {
  return (
    sourcesOf(site)?.some(({ text }) =>
      /https:\/\/|\btls\b|wss:\/\/|\bgrpc\b|http\.(?:Get|Post|Client|NewRequest)|smtp|curl_easy|reqwest|ureq/i.test(
        text,
      ),
    ) ?? true
  );
}

function programsIn(text: string, path: string): Set<string> {
  const found = new Set<string>();
  for (const [, name = ''] of text.matchAll(/["'`\s(=[](?:\/usr)?(?:\/local)?\/s?bin\/([\w.+-]+)/g)) found.add(name);
  for (const [, name = ''] of text.matchAll(/["'`]\s*([a-zA-Z][\w.+-]*)(?=["'`\s])/g)) found.add(name);
  if (SCRIPT.test(path) || text.startsWith('#!')) for (const name of wordsOf(text)) found.add(name);
  return found;
}

function wordsOf(text: string): string[] {
  return (text.match(/[a-zA-Z][\w.+-]*/g) ?? []).filter((word) => word.length < 30);
}

const known = new WeakMap<Site, readonly SourceFile[] | null>();

/** The program's own text files that are copied in, tests and documentation left out; undefined when there are too many to read. */
export function sourcesOf(site: Site): readonly SourceFile[] | undefined {
  let sources = known.get(site);
  if (sources === undefined) {
    const { copied, context } = site;
    sources = (copied.isComplete ? readSources(context, copied.files.values()) : undefined) ?? null;
    known.set(site, sources);
  }
  return sources ?? undefined;
}
