import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, Container, ContainerRuntime, ImageInfo } from '../images/engines/runtime';
import type { ListeningPort } from '../reports/verification';
import { listeningPorts } from './listeningPorts';

/**
 * A container that shares the network of another one, and so reaches its ports without any network of the host: the
 * probed image need not have a shell.
 */
export interface Neighbor {
  ports(): Promise<readonly ListeningPort[]>;
  /** Connects to a TCP port. */
  connect(port: number): Duplex;
  remove(): Promise<void>;
}

/** Programs that pass standard input to a port, and its answer to standard output until it ends. */
const RELAYS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/$0 4<&0 && { cat <&4 >&3 & cat <&3; kill $!; }'],
  [
    'node',
    '-e',
    "const s=require('net').connect(+process.argv[1],'127.0.0.1');process.stdin.pipe(s);s.pipe(process.stdout);s.on('error',()=>process.exit(1)).on('close',()=>process.exit())",
  ],
  [
    'python3',
    '-c',
    'import os,socket,sys,threading\ns=socket.create_connection(("127.0.0.1",int(sys.argv[1])))\ndef send():\n  while d:=os.read(0,65536): s.sendall(d)\nthreading.Thread(target=send,daemon=True).start()\nwhile d:=s.recv(65536): os.write(1,d)',
  ],
  ['nc', '127.0.0.1'],
];
const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => `/proc/net/${name}`).join(' ');
const END = '---';
/** Names the first relay that there is, then shows the tables again and again, longer than any program is given. */
const WATCH = `for program in ${RELAYS.map(([program]) => program).join(' ')}; do
  command -v $program >/dev/null || continue
  # What BusyBox calls bash has no /dev/tcp.
  [ $program != bash ] || bash -c '[ -n "$BASH_VERSION" ]' || continue
  echo "relay $program"
  break
done
echo ${END}
looks=0
while [ $looks -lt 18000 ]; do
  looks=$((looks + 1))
  cat ${TABLES} 2>/dev/null
  echo ${END}
  sleep 0.2 2>/dev/null || sleep 1
done`;
/** How long its first look is waited for while it runs: it is the same program for each image. */
const FIRST_LOOK_LIMIT_MS = 60_000;
const LOOK_MS = 100;
/** More than two looks at a program with hundreds of connections. */
const LAST_LINES = 2000;

/** Undefined if no container can join: the other one has exited, or the helper has no shell. */
export async function joinNetwork(
  runtime: ContainerRuntime,
  helper: string,
  container: Container,
  { hasHealthCheck }: Pick<ImageInfo, 'hasHealthCheck'>,
  signal: AbortSignal,
): Promise<Neighbor | undefined> {
  const optionsFor = (entrypoint: string): string[] => [
    ...['--network', `container:${container.id}`, '--user', '0', '--workdir', '/', '--entrypoint', entrypoint],
    // nerdctl has the option since 2.1.5.
    ...(hasHealthCheck ? ['--no-healthcheck'] : []),
  ];
  const started = await runtime.start({ image: helper, args: ['-c', WATCH], options: optionsFor('sh'), signal });
  if (!started.ok) return undefined;
  const watcher = started.value;
  const blocks = async (lines?: number) => (await watcher.log(lines)).stdout.split(`${END}\n`);
  const name = await relayIn(watcher, blocks, signal);
  const relay = RELAYS.find(([program]) => program === name);
  if (!relay) {
    await watcher.remove();
    return undefined;
  }
  const [program, ...args] = relay;
  const connections: Connection[] = [];
  return {
    // The last block may not be whole.
    ports: async () => listeningPorts((await blocks(LAST_LINES)).at(-2) ?? ''),
    // Not with `exec`: some engines cannot, among them those in a file system of their own.
    connect: (port) => {
      const connection = runtime.connect({
        image: helper,
        args: [...args, String(port)],
        options: optionsFor(program),
      });
      connections.push(connection);
      return connection.stream;
    },
    remove: async () => {
      await Promise.all([watcher, ...connections].map((one) => one.remove()));
    },
  };
}

async function relayIn(
  watcher: Container,
  blocks: () => Promise<string[]>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const until = performance.now() + FIRST_LOOK_LIMIT_MS;
  while (performance.now() < until && !signal.aborted) {
    const [first, ...tables] = await blocks();
    if (tables.length > 1) return /^relay (\w+)$/m.exec(first ?? '')?.[1];
    if (!(await watcher.state()).isRunning) return undefined;
    await wait(LOOK_MS);
  }
  return undefined;
}
