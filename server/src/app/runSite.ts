import { inheritedInstructions } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { Mount, ServiceRun } from '../engine/serviceRun';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { type CopiedFiles, copiedFiles, workdirAtEnd } from './copiedFiles';
import { servicesOf } from './servicesOf';
import { contextOfBuild } from './site';

/** The stage that runs, with everything that shows what it does at run time. */
export interface RunSite {
  readonly stage: Stage;
  readonly knowledge: KnowledgeBase;
  /** The files that the build sees; undefined when the files are unknown. */
  readonly context: BuildContext | undefined;
  readonly copied: CopiedFiles;
  readonly services: readonly ServiceRun[];
  /** Starting with the first stage of its lineage. */
  readonly instructions: readonly Instruction[];
  /** The working directory at startup; that of the base image where the file sets none, as far as known. */
  readonly workdir: string;
}

const NOTHING: CopiedFiles = { files: new Map(), isComplete: false };

export function createRunSite(
  stage: Stage,
  knowledge: KnowledgeBase,
  buildContext: BuildContext | undefined,
  given: readonly ServiceRun[],
): RunSite {
  const services = servicesOf(stage, given);
  const context = buildContext && contextOfBuild(buildContext);
  const instructions = inheritedInstructions(stage);
  return {
    stage,
    knowledge,
    context,
    copied: context ? copiedFiles(stage, context) : NOTHING,
    services: context ? [...services, ...documentedRuns(context)] : services,
    instructions,
    workdir: workdirAtEnd(instructions),
  };
}

/** Scripts of a project that may start its container. */
const SCRIPT = /^(?:(?:scripts?|bin|docker|tools)\/)?[\w.-]{1,80}\.sh$|^[jJ]ustfile$/;

/** Reads `docker run -v "$PWD":/data` in the README, the Makefile or a script: people follow it. */
function documentedRuns(context: BuildContext): ServiceRun[] {
  const readme = ['README.md', 'readme.md', 'Readme.md', 'README.rst', 'README'].find((name) => context.read(name));
  const scripts = [...context.files.keys()].filter(
    (path) => SCRIPT.test(path) && /\b(?:docker|podman) run\b/.test(context.read(path) ?? ''),
  );
  const text = [readme, 'Makefile', 'makefile', ...scripts]
    .map((name) => (name && context.read(name)) ?? '')
    .join('\n');
  const mounts: Mount[] = [];
  for (const [, source = '', target = '', options = ''] of text.matchAll(
    /\s(?:-v|--volume)[ =]([^\s:]{1,200}):(\/(?!\/)[\w./-]{1,200})(?::([\w,]{1,40}))?/g,
  ))
    if (!options.split(',').includes('ro'))
      mounts.push({ target, kind: /^["']?[\w-]+["']?$/.test(source) ? 'volume' : 'bind' });
  return mounts.length === 0 ? [] : [{ mounts, starts: [], isPrivileged: false }];
}
