import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { ShellCommand } from '../shell/script';
import { parseJson, recordOf } from '../text/jsonValue';
import { absolutePath, copiedFiles, workdirAt } from './copiedFiles';

/** The lists of development packages. */
const LISTS = { 'package.json': 'devDependencies', 'composer.json': 'require-dev' };

/** True if the manifest that an install reads in its working directory lists no development packages. */
export function listsNoDevelopment(
  run: Instruction,
  context: BuildContext | undefined,
  manifest: keyof typeof LISTS,
): boolean {
  const source =
    run.stage && context && copiedFiles(run.stage, context).files.get(absolutePath(manifest, workdirAt(run)));
  const json = recordOf(parseJson(source && context?.read(source)));
  // The packages of a workspace have lists of their own.
  return (
    json !== undefined &&
    json['workspaces'] === undefined &&
    Object.keys(recordOf(json[LISTS[manifest]]) ?? {}).length === 0
  );
}

/** True where the options of an install leave out development packages; npm does not know `--only=production=false`. */
export function omitsDevelopment({ words }: ShellCommand): boolean {
  return OMITS.test(words.map(({ value }) => value).join(' '));
}

const OMITS = / --(?:omit[= ]dev|only[= ]prod(?:uction)?|production(?:=true)?|prod)(?: |$)| -P(?: |$)/;
