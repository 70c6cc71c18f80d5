import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { ServiceRun } from '../../engine/serviceRun';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import type { Word } from '../../text/word';
import { absolutePath, copyTarget, workdirAtEnd } from '../copiedFiles';
import { servicesOf } from '../servicesOf';
import { startCommand } from './startWords';

/** A start file that is named by a folder whose contents alone COPY takes. */
export interface MissedFolder {
  readonly file: Word;
  readonly folder: string;
  /** What starts the file that COPY makes of it. */
  readonly path: string;
}

/** `COPY --from=build /app/dist .` and `CMD ["node", "dist/main.js"]`; undefined where anything else may make it. */
export function missedFolder(stage: Stage, services: readonly ServiceRun[]): MissedFolder | undefined {
  const words = startCommand(stage) ?? [];
  const file = words.slice(1).find(({ value }) => !value.startsWith('-'));
  const found = /^(?:\.\/)?((?:dist|build|out|target|publish)\/([\w./-]{1,200}\.(?:[cm]?js|jar|dll)))$/.exec(
    file?.value ?? '',
  );
  if (!file?.isStatic || !found || !/^(?:node|bun|java|dotnet)$/.test(baseName(words[0]?.value ?? '')))
    return undefined;
  const [, written = '', inside = ''] = found;
  const [folder = ''] = written.split('/');
  const steps = inheritedInstructions(stage);
  const workdir = workdirAtEnd(steps);
  const copy = steps.find((node) => copiesContents(node, folder, workdir));
  const isMounted = servicesOf(stage, services).some(({ starts, mounts }) => starts.length + mounts.length > 0);
  const isKnown = OFFICIAL.test(baseImage(stage)?.name ?? '') && !steps.some(({ keyword }) => keyword === 'ONBUILD');
  const isMade = steps.some((node) => node !== copy && mayMake(node, absolutePath(written, workdir)));
  return copy && isKnown && !isMounted && !isMade ? { file, folder, path: inside } : undefined;
}

/** Images that hold no program. */
const OFFICIAL =
  /^(?:node|oven\/bun|eclipse-temurin|amazoncorretto|openjdk|alpine|debian|mcr\.microsoft\.com\/dotnet\/\w+)$/;

function copiesContents(node: Instruction, folder: string, workdir: string): boolean {
  const [source, ...more] = node.args.slice(0, -1);
  const isFromStage = node.keyword === 'COPY' && node.flags.some(({ name }) => name === 'from');
  const name = baseName((source?.value ?? '').replace(/\/$/, ''));
  return (
    isFromStage && source?.isStatic === true && more.length === 0 && name === folder && copyTarget(node) === workdir
  );
}

/** True unless it is certain that an instruction does not make the file. */
function mayMake(node: Instruction, path: string): boolean {
  if (node.keyword === 'RUN') return node.flags.length > 0 || !RUNS_ASIDE.test(node.bodyText);
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || !isWithin(path, copyTarget(node))) return false;
  return !node.args.slice(0, -1).every(({ value }) => /^(?:\S*\/)?[\w.*-]+\.(?:json|lock|ya?ml|toml|env)$/.test(value));
}

/** Scripts of one command that put no program into the working directory. */
const RUNS_ASIDE = anyOf(
  /^(?:npm|yarn|pnpm|bun) (?:ci|i|install)(?: --?[\w=-]{1,40}){0,9}$/,
  /^(?:apk|apt-get|adduser|addgroup|useradd|groupadd|chown) [\w=/:. -]{1,200}$/,
);
