import { basename } from 'node:path';
import type { Localize } from '../../l10n/localize';
import { ENGINE_KINDS, type EngineChoice, type EngineKind, type Outcome, type Problem } from '../../reports/outcome';
import { findProgram } from '../../system/findProgram';
import { runProgram } from '../../system/runProgram';
import { createCommandLineEngine } from './commandLineEngine';
import { DIALECTS } from './dialects';
import type { ContainerEngine } from './engine';
import { explain } from './explain';

const CHECK_LIMIT_MS = 20_000;
const INSTALL_URL = 'https://docs.docker.com/engine/install/';

/** The chosen engine, or the first on PATH that responds. */
export async function findEngine(
  { kind, path }: EngineChoice,
  localize: Localize,
  signal: AbortSignal,
): Promise<Outcome<ContainerEngine>> {
  const kinds = kind !== 'auto' ? [kind] : path === undefined ? ENGINE_KINDS : [kindOf(path)];
  let problem: Problem | undefined;
  for (const candidate of kinds) {
    const program = findProgram(path ?? candidate);
    if (program === undefined) continue;
    const failure = await check(candidate, program, localize, signal);
    if (!failure) return { ok: true, value: createCommandLineEngine(candidate, program, localize) };
    if (failure.isCancelled) return failure;
    problem ??= failure;
  }
  if (problem) return problem;
  const name = path ?? (kind === 'auto' ? undefined : kind);
  const reason =
    name === undefined
      ? localize('None of {programs} is on the PATH', { programs: ENGINE_KINDS.join(', ') })
      : localize('{program} is missing or cannot be started', { program: name });
  return { ok: false, reason, url: INSTALL_URL };
}

/** Depends on the program's name; any other name counts as docker. */
function kindOf(path: string): EngineKind {
  const name = basename(path).toLowerCase();
  return ENGINE_KINDS.find((kind) => name.startsWith(kind)) ?? 'docker';
}

async function check(
  kind: EngineKind,
  program: string,
  localize: Localize,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const end = await runProgram({
    program,
    args: DIALECTS[kind].check,
    signal,
    timeLimitMs: CHECK_LIMIT_MS,
    outputLimitBytes: 1024 * 1024,
  });
  if (end.how === 'exited' && end.code === 0) return undefined;
  return explain(localize, kind, end, 'stderr' in end ? end.stderr : '');
}
