import type { Localize } from '../../l10n/localize';
import type { EngineKind, Outcome, Problem } from '../../reports/outcome';
import { type ProgramEnd, type ProgramRequest, runProgram } from '../../system/runProgram';
import { withBuildFiles } from './buildFiles';
import { createCommandLineRuntime } from './commandLineRuntime';
import { type BuildFiles, DIALECTS } from './dialects';
import type { BuildRequest, ContainerEngine, RunningOptions, RunRequest, RunResult } from './engine';
import { explain } from './explain';
import { failedLine } from './failedLine';
import { withNamedPipe } from './namedPipe';
import { ownedName } from './owner';
import { createTranscript } from './transcript';

const BUILD_LIMIT_MS = 60 * 60_000;
const SAVE_LIMIT_MS = 30 * 60_000;
const REMOVE_LIMIT_MS = 60_000;
const SMALL_OUTPUT = 1024 * 1024;
/** Docker's error when its command line is newer than its plugins. */
const NO_BUILDX = /buildx component is missing or broken/;

/** An engine that is used through its command line. */
export function createCommandLineEngine(kind: EngineKind, program: string, localize: Localize): ContainerEngine {
  const dialect = DIALECTS[kind];
  const problemOf = (end: ProgramEnd, output: string): Problem => explain(localize, kind, end, output);
  const runQuietly = (args: readonly string[]) =>
    runProgram({
      program,
      args,
      signal: new AbortController().signal,
      timeLimitMs: REMOVE_LIMIT_MS,
      outputLimitBytes: SMALL_OUTPUT,
    });

  /** For each built image, the ids of its step images. */
  const made = new Map<string, readonly string[]>();
  /** Newest first, because an older image is the parent of a newer one. Images with a tag or other children stay. */
  const removeMade = async (ids: readonly string[]): Promise<void> => {
    if (ids.length > 0) await runQuietly(['rmi', ...[...ids].reverse()]);
  };

  const buildOnce = async (request: BuildRequest, files: BuildFiles, env: Readonly<Record<string, string>>) => {
    const transcript = createTranscript(request.onOutput);
    const end = await runProgram({
      program,
      args: dialect.build(request, files),
      env,
      signal: request.signal,
      timeLimitMs: BUILD_LIMIT_MS,
      outputLimitBytes: SMALL_OUTPUT,
      onOutput: transcript.add,
      read: async (output) => {
        for await (const text of output.setEncoding('utf8')) transcript.add(String(text));
      },
    });
    return { end, transcript };
  };
  const build = (request: BuildRequest): Promise<Outcome<undefined>> =>
    withBuildFiles(request, async (files) => {
      let built = await buildOnce(request, files, dialect.buildEnv);
      if (kind === 'docker' && NO_BUILDX.test(built.transcript.text()))
        built = await buildOnce(request, files, { ...dialect.buildEnv, DOCKER_BUILDKIT: '0' });
      const { end, transcript } = built;
      if (end.how === 'exited' && end.code === 0) {
        made.set(request.tag, transcript.madeImages());
        return { ok: true, value: undefined };
      }
      await removeMade(transcript.madeImages());
      const line = failedLine(transcript.text(), request.text);
      return { ...problemOf(end, transcript.text()), ...(line === undefined ? {} : { line }) };
    });

  const save = async <T>(
    image: string,
    { signal, onOutput }: RunningOptions,
    read: (archive: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Outcome<T>> => {
    let value: { readonly of: T } | undefined;
    const take = async (archive: AsyncIterable<Uint8Array>): Promise<void> => {
      value = { of: await read(archive) };
    };
    const request: Omit<ProgramRequest, 'args'> = {
      program,
      signal,
      timeLimitMs: SAVE_LIMIT_MS,
      outputLimitBytes: SMALL_OUTPUT,
      onOutput,
    };
    const end = dialect.save.toPipe
      ? await withNamedPipe(take, (pipe) => runProgram({ ...request, args: dialect.save.args(image, pipe) }))
      : await runProgram({ ...request, args: dialect.save.args(image, ''), read: take });
    if (end.how === 'exited' && end.code === 0 && value) return { ok: true, value: value.of };
    if (end.how === 'unread') throw end.error;
    return problemOf(end, 'stderr' in end ? end.stderr : '');
  };

  const run = async (request: RunRequest): Promise<Outcome<RunResult>> => {
    const name = ownedName();
    const { image, args, options, signal, onOutput, timeLimitMs, outputLimitBytes } = request;
    const end = await runProgram({
      program,
      args: ['run', '--rm', '--name', name, ...options, image, ...args],
      signal,
      timeLimitMs,
      outputLimitBytes,
      onOutput,
    });
    // The container keeps running after its client was killed.
    if (end.how !== 'exited') await runQuietly([...dialect.removeContainer, name]);
    // 125: the engine itself failed, and no container ran.
    if (end.how === 'exited' && end.code !== 125)
      return { ok: true, value: { code: end.code, stdout: end.stdout, stderr: end.stderr } };
    return problemOf(end, 'stderr' in end ? end.stderr : '');
  };

  return {
    kind,
    program,
    build,
    save,
    run: dialect.canRun ? run : undefined,
    runtime: dialect.canRun ? createCommandLineRuntime(kind, program, localize) : undefined,
    remove: async (image) => {
      const end = await runQuietly(['rmi', '--force', image]);
      await removeMade(made.get(image) ?? []);
      made.delete(image);
      if (end.how === 'exited' && end.code === 0) return { ok: true, value: undefined };
      const { reason } = problemOf(end, 'stderr' in end ? end.stderr : '');
      return { ok: false, reason: localize('The image {image} could not be removed: {reason}', { image, reason }) };
    },
  };
}
