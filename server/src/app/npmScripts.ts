import { programsOfShell } from '../commands/shellPrograms';
import type { Instruction } from '../dockerfile/model';
import { type PackageJson, readPackageJson } from './packageJson';
import type { Site } from './site';

/** Scripts nested deeper than this are not read. */
const MAX_DEPTH = 5;
const RUNNER = /\b(?:npm|yarn|pnpm|npm-run-all|run-[sp])\b/;

/** Programs that scripts in package.json call, if the remaining instructions run scripts. */
export function programsOfNpm(site: Site, staying: readonly Instruction[]): Set<string> {
  const { text } = site.dockerfile;
  const runs = staying.map(({ span }) => text.slice(span.start, span.end)).filter((one) => RUNNER.test(one));
  const paths = runs.length === 0 ? [] : [...site.copied.files.keys()];
  const found = new Set<string>();
  for (const path of paths.filter((one) => one.endsWith('/package.json'))) {
    const json = readPackageJson(site, path.slice(0, -'/package.json'.length));
    if (json) for (const name of programsOfScripts(json, runs.join('\n'))) found.add(name);
  }
  return found;
}

/** The programs of the scripts in a text, and of the scripts that these call in turn. */
function programsOfScripts({ scripts }: PackageJson, named: string): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  let open = named;
  for (let depth = 0; depth < MAX_DEPTH && open !== ''; depth++) {
    const words = new Set(open.match(/[\w:.-]+/g));
    // `npm start`, and the pre and post hooks of a script.
    const next = Object.keys(scripts).filter(
      (name) => !seen.has(name) && (words.has(name) || words.has(name.replace(/^(?:pre|post)/, ''))),
    );
    for (const name of next) seen.add(name);
    const texts = next.map((name) => scripts[name] ?? '');
    for (const text of texts) for (const name of programsOfShell(text)) found.add(name);
    open = texts.filter((text) => RUNNER.test(text)).join('\n');
  }
  return found;
}
