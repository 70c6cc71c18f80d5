import { dirname } from 'node:path/posix';
import { listOf, memberOf, parseJson, recordOf, textOf } from '../../text/jsonValue';
import type { ContainerState, ImageInfo } from './runtime';

/** Reads the output of `image inspect`; undefined if it describes no image. */
export function imageInfo(output: string): ImageInfo | undefined {
  const image = recordOf(listOf(parseJson(output))[0]);
  const config = recordOf(image?.['Config']);
  if (!image || !config) return undefined;
  return {
    bytes: Number(image['Size']),
    layers: listOf(recordOf(image['RootFS'])?.['Layers']).length,
    platform: `${textOf(image['Os']) ?? ''}/${textOf(image['Architecture']) ?? ''}`,
    user: textOf(config['User']) ?? '',
    entrypoint: listOf(config['Entrypoint']).map(String),
    command: listOf(config['Cmd']).map(String),
    // podman reports it beside the configuration.
    hasHealthCheck: hasTest(config['Healthcheck']) || hasTest(image['Healthcheck']),
    exposed: Object.keys(recordOf(config['ExposedPorts']) ?? {}),
  };
}

function hasTest(check: unknown): boolean {
  const [kind] = listOf(recordOf(check)?.['Test']);
  return kind !== undefined && kind !== 'NONE';
}

/** Reads the state of a container; one that is gone has exited. */
export function containerState(output: string): ContainerState {
  const state = recordOf(parseJson(output));
  // podman calls it Healthcheck in older versions.
  const health = recordOf(memberOf(state, 'Health')) ?? recordOf(memberOf(state, 'Healthcheck'));
  return {
    isRunning: state?.['Running'] === true,
    exitCode: Number(state?.['ExitCode'] ?? -1),
    health: textOf(health?.['Status']),
  };
}

/** Reads the output of `diff`: files that were added or changed, without the folders above them. */
export function changedPaths(output: string): string[] {
  const paths = [...output.matchAll(/^[AC] (\/.+)$/gm)].map(([, path = '']) => path);
  const folders = new Set(paths.map((path) => dirname(path)));
  return paths.filter((path) => !folders.has(path));
}
