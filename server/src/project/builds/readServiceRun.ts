import { programsOfTest } from '../../commands/shellPrograms';
import type { Mount, ServiceRun } from '../../engine/serviceRun';
import { listOf, recordOf } from '../../text/jsonValue';

/** Reads one service; undefined when it sets none of these. */
export function readServiceRun(service: Readonly<Record<string, unknown>>): ServiceRun | undefined {
  const mounts = listOf(service['volumes']).flatMap((entry) => mountOf(entry) ?? []);
  // `docker compose watch` writes into a folder like a mounted folder of the host.
  const watched = listOf(recordOf(service['develop'])?.['watch']).flatMap((entry) => {
    const target = recordOf(entry)?.['target'];
    return typeof target === 'string' ? [{ target, kind: 'bind' as const }] : [];
  });
  const starts = ['command', 'entrypoint'].flatMap((key) => textOf(service[key]) ?? []);
  const isPrivileged =
    service['privileged'] === true || listOf(service['cap_add']).length > 0 || listOf(service['devices']).length > 0;
  const test = recordOf(service['healthcheck'])?.['test'];
  const programs = [...programsOfTest(Array.isArray(test) ? test.map(String) : ['CMD-SHELL', String(test ?? '')])];
  const all = [...mounts, ...watched];
  return [...all, ...starts, ...programs].length === 0 && !isPrivileged
    ? undefined
    : { mounts: all, starts, isPrivileged, ...(programs.length === 0 ? {} : { programs }) };
}

/** The colons between the parts: like Compose, not the one of a drive, as in `C:\data:/data`. */
const AFTER_DRIVE = /(?<!^[a-z]):/i;

/** `data:/data`, `./src:/app:cached`, `{type: bind, target: /app}`; read-only mounts do not matter for the user. */
function mountOf(entry: unknown): Mount | undefined {
  if (typeof entry === 'string') {
    const [source = '', target, options] = entry.split(AFTER_DRIVE);
    if (target === undefined) return source.startsWith('/') ? { target: source, kind: 'volume' } : undefined;
    if (options?.split(',').includes('ro')) return undefined;
    return { target, kind: /^[./~$]|^[a-z]:/i.test(source) ? 'bind' : 'volume' };
  }
  const { target, type, read_only } = recordOf(entry) ?? {};
  if (typeof target !== 'string' || read_only === true || (type !== 'bind' && type !== 'volume')) return undefined;
  return { target, kind: type };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(String).join(' ') : undefined;
}
