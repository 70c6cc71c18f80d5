import { parseDocument, stringify } from 'yaml';
import { type Phrase, phrase } from '../l10n/phrase';
import { type JsonRecord, listOf, recordOf, textOf } from '../text/jsonValue';

/**
 * A Compose file for one run: the image in place of the build; no ports of the host and no fixed names, so that several
 * projects run at a time; data of its own, so that the data of the user's project stays as it is; without
 * `isNetworkAllowed`, networks that lead nowhere. A problem: there is no such service, or one reaches the machine.
 */
export function composeRun(
  text: string,
  service: string,
  image: string,
  isNetworkAllowed: boolean,
): { readonly text: string } | { readonly problem: Phrase } {
  const root = recordOf(parse(text));
  const services = Object.entries(recordOf(root?.['services']) ?? {}).map(([name, value]): [string, JsonRecord] => [
    name,
    recordOf(value) ?? {},
  ]);
  const own = Object.fromEntries(services)[service];
  if (!root || !own) return { problem: noService(service) };
  if (root['include'] !== undefined) return { problem: reachesHost(service, 'include') };
  for (const [name, value] of services) {
    const key = keyToHost(value, isNetworkAllowed);
    if (key !== undefined) return { problem: reachesHost(name, key) };
  }
  const isolated = services.map(([name, value]) => [name, isolatedService(value)]);
  // A folder that is mounted over the one that is built would hide what is in the image.
  const { build: _, pull_policy: __, ...rest } = isolatedService(own, contextOf(own));
  return {
    text: stringify({
      ...root,
      services: { ...Object.fromEntries(isolated), [service]: { ...rest, image } },
      ...(root['volumes'] === undefined ? {} : { volumes: mapValues(root['volumes'], () => ({})) }),
      networks: isNetworkAllowed
        ? mapValues(root['networks'], (network) => (network['external'] ? network : withoutName(network)))
        : mapValues({ default: {}, ...recordOf(root['networks']) }, (network) => ({
            ...withoutName(network),
            internal: true,
          })),
    }),
  };
}

function mapValues(map: unknown, to: (value: JsonRecord) => JsonRecord): JsonRecord {
  const entries = Object.entries(recordOf(map) ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, to(recordOf(value) ?? {})]));
}

function withoutName({ name: _, external: __, ...network }: JsonRecord): JsonRecord {
  return network;
}

/**
 * Without what is of the machine. A program that is started again and again would seem to run, and a log that is sent
 * elsewhere cannot be read.
 */
function isolatedService(service: JsonRecord, hidden?: string): JsonRecord {
  const { ports: _, container_name: __, restart: ___, logging: ____, volumes, ...rest } = service;
  const isLimited = Object.keys(rest).some((key) => /^(?:deploy$|cpu|mem_|pids_)/.test(key));
  const bounded = isLimited ? rest : { ...rest, ...LIMITS };
  if (volumes === undefined) return bounded;
  return { ...bounded, volumes: listOf(volumes).flatMap((volume) => isolatedMount(volume, hidden)) };
}

/** As for a container without Compose. */
const LIMITS = { mem_limit: '2g', pids_limit: 2048, cpu_quota: 200_000 };

/** Where databases keep their data: the user's is not touched, each run has its own. */
const DATA = /^\/(?:var\/lib|data|bitnami|usr\/share\/\w+\/data)(?:\/|$)/;

/** Folders and files of the machine can be read only. */
function isolatedMount(volume: unknown, hidden: string | undefined): unknown[] {
  const { source, target, options } = mountOf(volume);
  if (!isOfHost(source)) return [volume];
  if (DATA.test(target)) return [target];
  if (hidden !== undefined && folderOf(source) === hidden) return [];
  if (typeof volume !== 'string') return [{ ...recordOf(volume), read_only: true }];
  const others = options.split(',').filter((option) => !['', 'rw', 'ro'].includes(option));
  return [`${source}:${target}:${['ro', ...others].join(',')}`];
}

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly options: string;
}

/** `./data:/data:rw`, and the long syntax. */
function mountOf(volume: unknown): Mount {
  if (typeof volume !== 'string') {
    const { type, source, target } = recordOf(volume) ?? {};
    const path = textOf(source) ?? '';
    const isRelative = type === 'bind' && !isOfHost(path);
    return { source: isRelative ? `./${path}` : path, target: textOf(target) ?? '', options: '' };
  }
  // Variables may have a default after a colon, and paths of Windows a drive before one.
  const hidden = volume.replace(/\$\{[^}]{0,200}\}|^[A-Za-z]:(?=[\\/])/g, (text) => text.replaceAll(':', '\u0000'));
  const [source = '', target, options = ''] = hidden.split(':').map((part) => part.replaceAll('\u0000', ':'));
  return target === undefined ? { source: '', target: source, options } : { source, target, options };
}

function isOfHost(source: string): boolean {
  return /^(?:[./~$]|[A-Za-z]:[\\/])/.test(source);
}

function contextOf({ build }: JsonRecord): string {
  return folderOf(textOf(build) ?? textOf(recordOf(build)?.['context']) ?? '.');
}

/** `./app/` and `app` are the same. */
function folderOf(path: string): string {
  return (
    path
      .replace(/^\$\{?PWD\}?/, '.')
      .replace(/^\.\//, '')
      .replace(/\/$/, '') || '.'
  );
}

function reachesHost(name: string, key: string): Phrase {
  return phrase('The service {name} of the Compose file reaches this machine by {key}', { name, key });
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
  // Variables and YAML 1.1's `yes` may be true.
  const isOn = (key: string) =>
    ![undefined, null, false, 'false', 'no', 'off', 'none'].includes(service[key] as string);
  const given = [
    'privileged',
    'pid',
    'ipc',
    'uts',
    'userns_mode',
    'cgroup_parent',
    'use_api_socket',
    'provider',
    ...(isNetworkAllowed ? [] : ['network_mode']),
  ];
  const key = given.find(isOn) ?? ['cap_add', 'devices'].find((one) => listOf(service[one]).length > 0);
  if (key !== undefined) return key;
  // The other file may have any of these.
  if (recordOf(service['extends'])?.['file'] !== undefined) return 'extends';
  return listOf(service['volumes']).some((volume) => SOCKETS.test(mountOf(volume).source)) ? 'volumes' : undefined;
}

/** Sockets of engines, and the folders where they are. */
const SOCKETS = /(?:docker|containerd|podman)\.sock$|^(?:\/|\/run\/?|\/var\/run\/?|\/var\/?)$/;
