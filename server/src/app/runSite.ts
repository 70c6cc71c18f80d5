import { inheritedInstructions } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { Mount, ServiceRun } from '../engine/serviceRun';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { absolutePath, type CopiedFiles, copiedFiles } from './copiedFiles';
import { contextOfBuild } from './site';

/** The stage that runs, with all that tells what it does there. */
export interface RunSite {
  readonly stage: Stage;
  readonly knowledge: KnowledgeBase;
  /** As the build sees it; undefined: nothing is known of the files. */
  readonly context: BuildContext | undefined;
  readonly copied: CopiedFiles;
  readonly services: readonly ServiceRun[];
  /** From the first stage below it on. */
  readonly instructions: readonly Instruction[];
  /** The folder that the program is started in; `/` where none is set in the file. */
  readonly workdir: string;
}

const NOTHING: CopiedFiles = { files: new Map(), isComplete: false };

export function createRunSite(
  stage: Stage,
  knowledge: KnowledgeBase,
  buildContext: BuildContext | undefined,
  services: readonly ServiceRun[],
): RunSite {
  const context = buildContext && contextOfBuild(buildContext);
  const instructions = inheritedInstructions(stage);
  return {
    stage,
    knowledge,
    context,
    copied: context ? copiedFiles(stage, context) : NOTHING,
    services: context ? [...services, ...documentedRuns(context)] : services,
    instructions,
    workdir: workdirAfter(instructions),
  };
}

/** `docker run -v "$PWD":/data` as the README or the Makefile has it: people do what it says. */
function documentedRuns(context: BuildContext): ServiceRun[] {
  const readme = ['README.md', 'readme.md', 'Readme.md', 'README.rst', 'README'].find((name) => context.read(name));
  const text = [readme, 'Makefile', 'makefile'].map((name) => (name && context.read(name)) ?? '').join('\n');
  const mounts: Mount[] = [];
  for (const [, source = '', target = '', options = ''] of text.matchAll(
    /\s(?:-v|--volume)[ =]([^\s:]{1,200}):(\/[\w./-]{1,200})(?::([\w,]{1,40}))?/g,
  ))
    if (!options.split(',').includes('ro'))
      mounts.push({ target, kind: /^["']?[\w-]+["']?$/.test(source) ? 'volume' : 'bind' });
  return mounts.length === 0 ? [] : [{ mounts, starts: [], isPrivileged: false }];
}

/** The working directory behind all of these, absolute; with a variable that is not known the last one that is. */
export function workdirAfter(instructions: readonly Instruction[]): string {
  let workdir = '/';
  for (const node of instructions)
    if (node.keyword === 'WORKDIR')
      workdir = absolutePath(node.expand(node.args[0]?.text ?? '') ?? node.args[0]?.value ?? '', workdir);
  return workdir;
}
