import type { EngineKind } from '../../reports/outcome';
import type { BuildRequest } from './engine';

/** The files of a build. */
export interface BuildFiles {
  readonly dockerfile: string;
  /** The ignore file, if it is not the build context's own. */
  readonly ignoreFile: string | undefined;
}

/** The differences between the engines' command lines. */
export interface Dialect {
  /** Fails if the engine cannot build: no daemon, no machine. */
  readonly check: readonly string[];
  readonly buildEnv: Readonly<Record<string, string>>;
  build(request: BuildRequest, files: BuildFiles): string[];
  /** Writes the image to standard output or to a named pipe. */
  readonly save: { readonly toPipe: boolean; args(image: string, pipe: string): string[] };
  readonly canRun: boolean;
  /** Removes a container with its anonymous volumes, without waiting for its end. */
  readonly removeContainer: readonly string[];
  /** Options of `run` that bound how much a container may write to its log. */
  readonly logLimit: readonly string[];
}

const REMOVE_AT_ONCE = ['rm', '--force', '--volumes'];

const TO_OUTPUT: Dialect['save'] = { toPipe: false, args: (image) => ['save', image] };

/**
 * podman builds with buildah. Its default format does not support HEALTHCHECK and SHELL; without layers there is
 * nothing to measure.
 */
const BUILDAH_OPTIONS = ['--format', 'docker', '--layers', '--force-rm'];

export const DIALECTS: Readonly<Record<EngineKind, Dialect>> = {
  docker: {
    check: ['version', '--format', '{{.Server.Version}}'],
    buildEnv: { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    // Docker finds the ignore file next to the Dockerfile, by its name.
    build: (request, { dockerfile }) => buildArguments(['build'], request, dockerfile),
    save: TO_OUTPUT,
    canRun: true,
    removeContainer: REMOVE_AT_ONCE,
    logLimit: ['--log-driver', 'json-file', '--log-opt', 'max-size=5m', '--log-opt', 'max-file=2'],
  },
  nerdctl: {
    check: ['info', '--format', '{{.ServerVersion}}'],
    buildEnv: {},
    build: (request, { dockerfile }) => buildArguments(['build', '--progress', 'plain'], request, dockerfile),
    save: TO_OUTPUT,
    canRun: true,
    removeContainer: REMOVE_AT_ONCE,
    logLimit: ['--log-driver', 'json-file', '--log-opt', 'max-size=5m', '--log-opt', 'max-file=2'],
  },
  podman: {
    check: ['info', '--format', '{{.Version.Version}}'],
    buildEnv: {},
    build: (request, { dockerfile, ignoreFile }) =>
      buildArguments(['build', ...BUILDAH_OPTIONS, ...ignoring(ignoreFile)], request, dockerfile),
    save: { toPipe: false, args: (image) => ['save', '--format', 'docker-archive', image] },
    canRun: true,
    // podman would wait for ten seconds.
    removeContainer: [...REMOVE_AT_ONCE, '--time', '0'],
    logLimit: ['--log-driver', 'k8s-file', '--log-opt', 'max-size=10mb'],
  },
  buildah: {
    check: ['info'],
    buildEnv: {},
    build: (request, { dockerfile, ignoreFile }) =>
      buildArguments(['build', ...BUILDAH_OPTIONS, ...ignoring(ignoreFile)], request, dockerfile),
    save: { toPipe: true, args: (image, pipe) => ['push', '--quiet', image, `docker-archive:${pipe}:${image}`] },
    canRun: false,
    removeContainer: [],
    logLimit: [],
  },
};

function ignoring(file: string | undefined): string[] {
  return file === undefined ? [] : ['--ignorefile', file];
}

function buildArguments(command: readonly string[], request: BuildRequest, dockerfile: string): string[] {
  const { contextFolder, buildArgs, target, options, tag } = request;
  return [
    ...command,
    '--file',
    dockerfile,
    '--tag',
    tag,
    ...[...buildArgs].flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(target === undefined ? [] : ['--target', target]),
    ...options,
    contextFolder,
  ];
}
