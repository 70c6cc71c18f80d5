import { Duplex } from 'node:stream';
import type { ContainerEngine } from '../../server/src/images/engines/engine';
import type { Container, ContainerRuntime } from '../../server/src/images/engines/runtime';

/** What the program of an image does. */
export interface Program {
  /** It does not build. */
  readonly isBroken?: boolean;
  /** What a build says that fails. */
  readonly buildOutput?: string;
  /** The engine cannot start it. */
  readonly noStart?: string;
  /** It prints this late. */
  readonly printsAfterMs?: number;
  /** Undefined: it keeps running. */
  readonly exitCode?: number;
  readonly port?: number;
  readonly body?: () => string;
  readonly status?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** The engine no longer has the first lines. */
  readonly isLong?: boolean;
  readonly command?: readonly string[];
  readonly written?: readonly string[];
  readonly user?: string;
  readonly isDeaf?: boolean;
  /** How it ends on SIGTERM. */
  readonly stopCode?: number;
  /** The engine cannot limit memory. */
  readonly hasNoLimits?: boolean;
  readonly entrypoint?: readonly string[];
  readonly answerTo?: (args: readonly string[]) => string;
  /** Undefined: those on which it listens. */
  readonly exposed?: readonly string[];
  /** It exits, or listens, this late. */
  readonly afterMs?: number;
  /** A port that is open from the start. */
  readonly earlyPort?: number;
  readonly folders?: readonly string[];
}

/** An engine in memory: an image does what its text says. */
export function fakeRuntime(programOfBuild: (text: string, build: number) => Program) {
  const images = new Map<string, string>();
  const numbers = new Map<string, number>();
  const programIn = (image: string) => programOfBuild(images.get(image) ?? '', numbers.get(image) ?? 0);
  const containers = new Map<string, Program>();
  const built: string[] = [];
  let started = 0;
  const runtime: ContainerRuntime = {
    connect: ({ options }) => {
      const program = containers.get(networkOf(options));
      if (!program) throw new Error('no such container');
      const stream = answering(program);
      return { stream, remove: async () => void stream.destroy() };
    },
    attach: () => {
      throw new Error('not here');
    },
    removeLeftovers: async () => {},
    inspect: async (image) => {
      const { user = '', entrypoint = [], command = ['x'], port, ...program } = programIn(image);
      const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
      const exposed = program.exposed ?? (port === undefined ? [] : [`${port}/tcp`]);
      const facts = { bytes: 1000, layers: 3, platform: `linux/${architecture}`, hasHealthCheck: false };
      return { ok: true, value: { ...facts, user, entrypoint, command, exposed } };
    },
    start: async ({ image, args, options }) => {
      const { hasNoLimits, noStart } = programIn(image);
      if (noStart !== undefined) return { ok: false, reason: noStart };
      if (hasNoLimits && options.includes('--memory')) return { ok: false, reason: 'cannot set memory: no cgroup' };
      const program = containers.get(networkOf(options)) ?? programIn(image);
      const id = `c${started++}`;
      containers.set(id, program);
      return { ok: true, value: container(id, program, args, () => containers.delete(id)) };
    },
  };
  const engine: ContainerEngine = {
    kind: 'docker',
    program: '/docker',
    runtime,
    build: async ({ text, tag }) => {
      built.push(text);
      numbers.set(tag, built.length);
      if (programOfBuild(text, built.length).isBroken)
        return {
          ok: false,
          reason: 'RUN make failed',
          output: programOfBuild(text, built.length).buildOutput ?? NO_MAKE,
        };
      images.set(tag, text);
      return { ok: true, value: undefined };
    },
    save: async () => ({ ok: false, reason: 'not here' }),
    run: async () => ({ ok: true, value: { code: 0, stdout: Buffer.alloc(0), stderr: '' } }),
    remove: async (image) => {
      images.delete(image);
      return { ok: true, value: undefined };
    },
  };
  return { engine, built, images, containers, startedContainers: () => started };
}

const NO_MAKE = 'sh: 1: make: not found';

/** The container whose network another one joins. */
function networkOf(options: readonly string[]): string {
  return (options[options.indexOf('--network') + 1] ?? '').replace(/^container:/, '');
}

function container(id: string, program: Program, args: readonly string[], remove: () => void): Container {
  const { exitCode, port, stdout = '', stderr = '', written = [], isDeaf = false, answerTo } = program;
  const { isLong = false, stopCode = 0, afterMs = 0, earlyPort, folders = [], printsAfterMs = 0 } = program;
  const started = performance.now();
  const isLate = () => performance.now() < started + afterMs;
  const isCall = args.length > 0 && answerTo !== undefined && args[0] !== '-c';
  const listening = () =>
    [earlyPort, isLate() ? undefined : port]
      .flatMap((one) => (one === undefined ? [] : [one.toString(16).toUpperCase().padStart(4, '0')]))
      .map((hex) => `   0: 00000000:${hex} 00000000:0000 0A 00000000:00000000 \n`)
      .join('');
  let stopped = false;
  return {
    id,
    state: async () => ({
      isRunning: !stopped && (exitCode === undefined || isLate()) && !isCall,
      exitCode: stopped ? (isDeaf ? 137 : stopCode) : (!isCall && exitCode) || 0,
      health: undefined,
    }),
    log: async () => {
      if (args[1]?.includes('/proc/net'))
        return { stdout: `relay bash\n---\n${listening()}---\n`, stderr, isWhole: true };
      const printed = performance.now() < started + printsAfterMs ? '' : stdout;
      return { stdout: isCall ? answerTo(args) : printed, stderr, isWhole: !isLong };
    },
    changes: async () => written,
    hasFolder: async (path) => folders.includes(path),
    stop: async () => {
      stopped = true;
    },
    remove: async () => remove(),
  };
}

/** A connection whose other end answers any request. */
function answering({ status = 200, body = () => 'hello' }: Program): Duplex {
  const text = body();
  const answer = `HTTP/1.1 ${status} X\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  const connection: Duplex = new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      connection.push(answer);
      connection.push(null);
      done();
    },
  });
  return connection;
}
