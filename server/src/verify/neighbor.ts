import type { Duplex } from 'node:stream';
import type { Container, ContainerRuntime } from '../images/engines/runtime';
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
const LIFETIME_SECONDS = 600;
const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => `/proc/net/${name}`).join(' ');

/** Undefined if no container can join: the other one has exited, or the helper has no shell. */
export async function joinNetwork(
  runtime: ContainerRuntime,
  helper: string,
  container: Container,
  signal: AbortSignal,
): Promise<Neighbor | undefined> {
  const options = [
    '--network',
    `container:${container.id}`,
    '--no-healthcheck',
    '--user',
    '0',
    '--workdir',
    '/',
    '--entrypoint',
    'sh',
  ];
  const started = await runtime.start({
    image: helper,
    args: ['-c', `sleep ${LIFETIME_SECONDS}`],
    options,
    signal,
  });
  if (!started.ok) return undefined;
  const neighbor = started.value;
  const names = RELAYS.map(([program]) => program).join(' ');
  const found = await neighbor.exec([
    'sh',
    '-c',
    `for program in ${names}; do command -v $program >/dev/null && echo $program && break; done`,
  ]);
  const relay = RELAYS.find(([program]) => program === found?.trim());
  if (!relay) {
    await neighbor.remove();
    return undefined;
  }
  return {
    ports: async () => listeningPorts((await neighbor.exec(['sh', '-c', `cat ${TABLES} 2>/dev/null; true`])) ?? ''),
    connect: (port) => neighbor.connect([...relay, String(port)]),
    remove: () => neighbor.remove(),
  };
}
