import type { Instruction } from '../dockerfile/model';
import { baseName } from '../text/paths';
import { absolutePath, workdirAt } from './copiedFiles';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

/** Dependencies and libraries from another stage, which are only read. */
const ONLY_READ =
  /\/(?:node_modules|vendor|vendor\/bundle|libs?|\.?venv|env|site-packages|gems|deps|_build)$|\.(?:jar|war|so|dll)$/;

/** Paths in the start commands; a shell may run in another directory. */
function startedPaths(site: RunSite): readonly string[] {
  const words = startOf(site).texts.flatMap(({ text }) => text.split(/[\s"';&|()]+/));
  return words.filter((word) => word.includes('/'));
}

/** Erlang and Elixir releases keep settings and logs below their own directory at run time. */
const RELEASE = /\/_build\/\w+\/rel(?:\/[\w-]+)?\/?$/;

/**
 * True for files that another stage has built and that are only started or loaded here: a program that cannot change
 * itself is safer.
 */
export function isOnlyRead(site: RunSite, copy: Instruction): boolean {
  if (!copy.flags.some(({ name }) => name === 'from')) return false;
  const started = startedPaths(site);
  const words = copy.args.map((word) => copy.expand(word.text) ?? word.value);
  const target = absolutePath(words.at(-1) ?? '', workdirAt(copy));
  return words.slice(0, -1).every((source) => {
    const placed = baseName(source) === baseName(target) ? target : `${target}/${baseName(source)}`;
    if (RELEASE.test(source)) return false;
    const name = baseName(placed);
    return ONLY_READ.test(placed) || ONLY_READ.test(target) || started.some((path) => path.endsWith(`/${name}`));
  });
}
