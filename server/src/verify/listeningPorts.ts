import type { ListeningPort } from '../reports/verification';

/** Reads `/proc/net/tcp`, `tcp6`, `udp` and `udp6`: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt */
const LINE = /^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) /;
const LISTENING = '0A';
const UDP_OPEN = '07';
/** 127.0.0.0/8 and ::1, in the order of bytes of a little-endian machine. */
const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/;

/** 127.0.0.11: the name server of Docker in the networks of Compose. */
const NAME_SERVER = '0B00007F';

/** The ports that listen, each once, in order; `files` holds the content of the four files, one after the other. */
export function listeningPorts(files: string): ListeningPort[] {
  const found = new Map<string, ListeningPort>();
  for (const line of files.split('\n')) {
    const [, address = '', port = '', peer = '', state = ''] = LINE.exec(line) ?? [];
    const protocol = state === LISTENING ? 'tcp' : state === UDP_OPEN && peer === '0000' ? 'udp' : undefined;
    if (protocol === undefined || address === NAME_SERVER) continue;
    const number = Number.parseInt(port, 16);
    const key = `${protocol}:${number}`;
    // Reached from outside if any of its addresses is.
    const isLoopback = LOOPBACK.test(address) && (found.get(key)?.isLoopback ?? true);
    found.set(key, { protocol, port: number, isLoopback });
  }
  return [...found.values()].sort((one, other) => one.port - other.port);
}
