import type { Localize } from '../../l10n/localize';
import type { EngineKind, Outcome } from '../../reports/outcome';
import { openProgram } from '../../system/openProgram';
import { ERROR_TAIL, type ProgramEnd, runProgram } from '../../system/runProgram';
import { DIALECTS } from './dialects';
import { explain } from './explain';
import { changedPaths, containerState, imageInfo } from './inspected';
import { isLeft, ownedName } from './owner';
import type { Container, ContainerRuntime, StartRequest } from './runtime';
import { Stopped } from './stopped';

const CALL_LIMIT_MS = 60_000;
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
/** Programs that never stop writing repeat themselves. */
const LOG_LINES = 20_000;
/** Less than the engine keeps. */
const LOG_LIMIT = 4_000_000;
/** Where the header of an entry in a tar archive says what it is, and how it says that it is a folder. */
const TAR_TYPE = 156;
const TAR_FOLDER = 0x35;
/** Variables that the engine's own program reads: it would look elsewhere for its settings. */
const READ_BY_ENGINE = /^(?:HOME|PATH|TMPDIR|XDG_\w+|DOCKER_\w+|CONTAINERS?_\w+|CONTAINERD_\w+|BUILDAH_\w+|LD_\w+)$/i;

/** A runtime that is used through the engine's command line. */
export function createCommandLineRuntime(kind: EngineKind, program: string, localize: Localize): ContainerRuntime {
  const call = (
    args: readonly string[],
    signal = new AbortController().signal,
    env: Readonly<Record<string, string>> = {},
  ): Promise<ProgramEnd> =>
    runProgram({ program, args, env, signal, timeLimitMs: CALL_LIMIT_MS, outputLimitBytes: OUTPUT_LIMIT_BYTES });

  /** The output, which is empty where it fails because of what it was asked. @throws Stopped if the engine itself failed */
  const ask = async (args: readonly string[], signal?: AbortSignal): Promise<ProgramEnd> => {
    const end = await call(args, signal);
    const problem = isDone(end) ? undefined : explain(localize, kind, end, 'stderr' in end ? end.stderr : '');
    if (problem?.isEngineFault) throw new Stopped(problem);
    return end;
  };

  const { logLimit, removeContainer } = DIALECTS[kind];

  const containerOf = (id: string): Container => ({
    id,
    state: async () => containerState(textOf(await ask(['inspect', '--format', '{{json .State}}', id]))),
    log: async (lines = LOG_LINES) => {
      const end = await ask(['logs', '--tail', String(lines), id]);
      const [stdout, stderr] = [textOf(end), 'stderr' in end ? end.stderr : ''];
      return { stdout, stderr, isWhole: isDone(end) && isWholeLog(stdout, stderr) };
    },
    changes: async () => {
      const end = await ask(['diff', id]);
      return isDone(end) ? changedPaths(textOf(end)) : undefined;
    },
    hasFolder: async (path) => {
      const end = await call(['cp', `${id}:${path}`, '-']);
      return isDone(end) && 'stdout' in end && end.stdout[TAR_TYPE] === TAR_FOLDER;
    },
    stop: async (seconds, signal) => {
      await ask(['stop', '-t', String(seconds), id], signal);
    },
    remove: async () => {
      const end = await call([...removeContainer, id]);
      // Not every release has each of the options.
      if (!isDone(end)) await call(['rm', '--force', id]);
    },
  });

  return {
    connect: ({ image, args, options }) => {
      const { id, remove } = containerOf(ownedName());
      const stream = openProgram(program, ['run', '--interactive', '--name', id, ...options, image, ...args]);
      return {
        stream,
        remove: async () => {
          stream.destroy();
          await remove();
        },
      };
    },
    attach: (id, remove) => ({ ...containerOf(id), remove }),
    start: async ({ image, args, options, env = new Map(), signal }: StartRequest): Promise<Outcome<Container>> => {
      const container = containerOf(ownedName());
      const given = [...logLimit, ...options, ...[...env].flatMap((one) => ['--env', variable(one)])];
      const run = ['run', '--detach', '--name', container.id, ...given, image, ...args];
      const end = await call(run, signal, Object.fromEntries([...env].filter(([name]) => !READ_BY_ENGINE.test(name))));
      if (isDone(end)) return { ok: true, value: container };
      await container.remove();
      return explain(localize, kind, end, 'stderr' in end ? end.stderr : '');
    },
    inspect: async (image, signal) => {
      const end = await call(['image', 'inspect', image], signal);
      const info = isDone(end) ? imageInfo(textOf(end)) : undefined;
      return info ? { ok: true, value: info } : explain(localize, kind, end, 'stderr' in end ? end.stderr : '');
    },
    removeLeftovers: async () => {
      const left = async (...list: string[]) =>
        textOf(await call(list))
          .split('\n')
          .filter(isLeft);
      const containers = await left('ps', '--all', '--format', '{{.Names}}');
      if (containers.length > 0) await call([...removeContainer, ...containers]);
      const images = await left('images', '--format', '{{.Repository}}:{{.Tag}}');
      if (images.length > 0) await call(['rmi', '--force', ...images]);
      // Of Compose projects.
      for (const kind of ['network', 'volume']) {
        const others = await left(kind, 'ls', '--format', '{{.Name}}');
        if (others.length > 0) await call([kind, 'rm', ...others]);
      }
    },
  };
}

/** As an option says it: with the name only, the engine's program takes the value from its own environment. */
function variable([name, value]: readonly [name: string, value: string]): string {
  return READ_BY_ENGINE.test(name) ? `${name}=${value}` : name;
}

/** Whether the first lines of a log are among those that were read. */
function isWholeLog(stdout: string, stderr: string): boolean {
  return stdout.length < LOG_LIMIT && stdout.split('\n').length < LOG_LINES && stderr.length < ERROR_TAIL;
}

function isDone(end: ProgramEnd): boolean {
  return end.how === 'exited' && end.code === 0;
}

function textOf(end: ProgramEnd): string {
  return 'stdout' in end ? end.stdout.toString('utf8') : '';
}
