import { describe, expect, it } from 'vitest';
import { listeningPorts } from '../../server/src/verify/listeningPorts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5602120 1 0 100 0 0 10 0
   1: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 5602121 1 0 100 0 0 10 0
   2: 0100007F:A1B2 0100007F:1F40 01 00000000:00000000 00:00000000 00000000     0        0 5602122 1 0 100 0 0 10 0
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0
   1: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  123: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 77 2 0 0
  124: 0100007F:8A01 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 78 2 0 0
`;

describe('ports that listen', () => {
  it('are read from the tables of the kernel, with those that only the container reaches', () => {
    expect(listeningPorts(TABLE)).toEqual([
      { protocol: 'udp', port: 53, isLoopback: false },
      { protocol: 'tcp', port: 3000, isLoopback: false },
      { protocol: 'tcp', port: 3306, isLoopback: true },
      { protocol: 'tcp', port: 8000, isLoopback: false },
      { protocol: 'tcp', port: 8081, isLoopback: true },
    ]);
  });

  it('are not those of the name server in a network of Compose', () => {
    expect(listeningPorts('   0: 0B00007F:A1B2 00000000:0000 0A 00000000:00000000 00:00000000\n')).toEqual([]);
  });

  it('are none in an empty answer', () => {
    expect(listeningPorts('')).toEqual([]);
  });
});
