import { resolve } from 'node:path';
import type { VerifyRequest } from '../reports/verifyRequest';

/** Options of `run`: the network, variables from files, and mounts, of which there are only those configured. */
export function runOptions({ settings, contextFolder, isNetworkAllowed }: VerifyRequest): string[] {
  return [
    ...(isNetworkAllowed ? [] : ['--network', 'none']),
    ...settings.envFiles.flatMap((file) => ['--env-file', resolve(contextFolder, file)]),
    ...settings.volumes.flatMap((volume) => ['--volume', volumeAt(volume, contextFolder)]),
  ];
}

/** Where a volume is in the container; its source may begin with the drive of Windows. */
export function targetOf(volume: string): string {
  return /:(\/[^:]*)/.exec(volume)?.[1] ?? volume;
}

/** `./data:/data`: a path of the host is relative to the build context. */
function volumeAt(volume: string, folder: string): string {
  const [source = '', ...rest] = volume.split(':');
  return source.startsWith('.') ? [resolve(folder, source), ...rest].join(':') : volume;
}
