import { Duplex } from 'node:stream';
import type { ContainerEngine } from '../../server/src/images/engines/engine';
import type { Container, ContainerRuntime } from '../../server/src/images/engines/runtime';

/** What the program of an image does. */
export interface Program {
  /** It does not build. */
  readonly isBroken?: boolean;
  /** Undefined: it keeps running. */
  readonly exitCode?: number;
  readonly port?: number;
  readonly body?: () => string;
  readonly status?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly written?: readonly string[];
  readonly user?: string;
  readonly isDeaf?: boolean;
  readonly entrypoint?: readonly string[];
  readonly answerTo?: (args: readonly string[]) => string;
}

/** An engine in memory: an image does what its text says. */
export function fakeRuntime(programOf: (text: string) => Program) {
  const images = new Map<string, string>();
  const containers = new Map<string, Program>();
  const built: string[] = [];
  let started = 0;
  const runtime: ContainerRuntime = {
    attach: () => {
      throw new Error('not here');
    },
    removeLeftovers: async () => {},
    inspect: async (image) => {
      const { user = '', entrypoint = [], port } = programOf(images.get(image) ?? '');
      const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
      const exposed = port === undefined ? [] : [`${port}/tcp`];
      const facts = { bytes: 1000, layers: 3, platform: `linux/${architecture}`, hasHealthCheck: false };
      return { ok: true, value: { ...facts, user, entrypoint, command: ['x'], exposed } };
    },
    start: async ({ image, args, options }) => {
      const network = options[options.indexOf('--network') + 1] ?? '';
      const program = containers.get(network.replace(/^container:/, '')) ?? programOf(images.get(image) ?? '');
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
      if (programOf(text).isBroken) return { ok: false, reason: 'RUN make failed', output: 'sh: 1: make: not found' };
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
  return { engine, built, images, containers };
}

function container(id: string, program: Program, args: readonly string[], remove: () => void): Container {
  const { exitCode, port, stdout = '', stderr = '', written = [], isDeaf = false, answerTo } = program;
  const isCall = args.length > 0 && answerTo !== undefined && args[0] !== '-c';
  const hex = port?.toString(16).toUpperCase().padStart(4, '0');
  const listening = `   0: 00000000:${hex} 00000000:0000 0A 00000000:00000000 \n`;
  let stopped = false;
  return {
    id,
    state: async () => ({
      isRunning: !stopped && exitCode === undefined && !isCall,
      exitCode: stopped ? (isDeaf ? 137 : 0) : (exitCode ?? 0),
      health: undefined,
    }),
    log: async () => ({ stdout: isCall ? answerTo(args) : stdout, stderr }),
    exec: async (command) => (command.join(' ').includes('/proc/net') ? (hex ? listening : '') : 'bash\n'),
    connect: () => answering(program),
    changes: async () => written,
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
