import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** What an address belongs to: this machine, a private network, or the public internet. */
type Reach = 'loopback' | 'private' | 'public';

/** https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry */
const RANGES: Readonly<Record<Exclude<Reach, 'public'>, BlockList>> = {
  loopback: blockList(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128']),
  private: blockList([
    '10.0.0.0/8',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    'fc00::/7',
    'fe80::/10',
  ]),
};

/**
 * True when we may follow a URL that a server sent. It must use https, except on this machine. An address on this
 * machine or in a private network is allowed only if that server is there too. Otherwise a registry could make us send
 * requests to hosts that it cannot reach itself.
 */
export async function mayLead(from: URL, to: URL): Promise<boolean> {
  const reach = await reachOf(to.hostname);
  if (to.protocol !== 'https:' && !(to.protocol === 'http:' && reach === 'loopback')) return false;
  return reach === 'public' || reach === (await reachOf(from.hostname));
}

async function reachOf(hostname: string): Promise<Reach> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return reachOfAddress(host);
  if (/(?:^|\.)localhost$/.test(host)) return 'loopback';
  // If only a proxy resolves names, this lookup finds nothing.
  const found = await lookup(host, { all: true }).catch(() => []);
  const reaches = found.map(({ address }) => reachOfAddress(address));
  return reaches.find((reach) => reach === 'loopback') ?? reaches.find((reach) => reach === 'private') ?? 'public';
}

function reachOfAddress(address: string): Reach {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (RANGES.loopback.check(address, family)) return 'loopback';
  return RANGES.private.check(address, family) ? 'private' : 'public';
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
