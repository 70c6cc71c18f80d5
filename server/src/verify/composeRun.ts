import { parseDocument, stringify } from 'yaml';
import { type Phrase, phrase } from '../l10n/phrase';
import { type JsonRecord, listOf, recordOf } from '../text/jsonValue';

/**
 * A Compose file for one run: the image in place of the build, no ports of the host and no fixed names, so that several
 * projects run at a time; without `isNetworkAllowed`, networks that lead nowhere. A problem: there is no such service,
 * or one reaches the machine.
 */
export function composeRun(
  text: string,
  service: string,
  image: string,
  isNetworkAllowed: boolean,
): { readonly text: string } | { readonly problem: Phrase } {
  const root = recordOf(parse(text));
  const services = Object.entries(recordOf(root?.['services']) ?? {}).map(([name, value]): [string, JsonRecord] => {
    const { ports: _, container_name: __, ...rest } = recordOf(value) ?? {};
    return [name, rest];
  });
  const { build: _, ...own } = Object.fromEntries(services)[service] ?? {};
  if (!root || !services.some(([name]) => name === service)) return { problem: noService(service) };
  for (const [name, value] of services) {
    const key = keyToHost(value, isNetworkAllowed);
    if (key !== undefined)
      return { problem: phrase('The service {name} of the Compose file reaches this machine by {key}', { name, key }) };
  }
  const networks = Object.entries({ default: {}, ...recordOf(root['networks']) });
  const closed = networks.map(([name, value]) => [name, { ...recordOf(value), internal: true }]);
  return {
    text: stringify({
      ...root,
      services: { ...Object.fromEntries(services), [service]: { ...own, image } },
      ...(isNetworkAllowed ? {} : { networks: Object.fromEntries(closed) }),
    }),
  };
}

export function noService(service: string): Phrase {
  return phrase('No Compose file of this project has the service {service}', { service });
}

function parse(text: string): unknown {
  try {
    return parseDocument(text, { merge: true, logLevel: 'silent' }).toJS();
  } catch {
    // Aliases that expand without limit, or that point nowhere.
    return undefined;
  }
}

/** The key with which a service leaves its container. */
function keyToHost(service: JsonRecord, isNetworkAllowed: boolean): string | undefined {
  const isHost = (key: string) => service[key] !== undefined && service[key] !== 'none';
  if (service['privileged'] === true) return 'privileged';
  const given = ['pid', 'ipc', 'userns_mode', 'cgroup_parent', ...(isNetworkAllowed ? [] : ['network_mode'])];
  const key = given.find(isHost) ?? ['cap_add', 'devices'].find((one) => listOf(service[one]).length > 0);
  if (key !== undefined) return key;
  return /docker\.sock|containerd\.sock/.test(JSON.stringify(service['volumes'] ?? '')) ? 'volumes' : undefined;
}
