/** What docs and editors call the baseline; any other name does too, but no editor watches it. */
export const BASELINE_NAME = '.dockerfile-optimizer-baseline.json';

/** In the order in which they win inside one folder; hadolint's is read as it is. */
export const CONFIGURATION_NAMES: readonly string[] = [
  '.dockerfile-optimizer.yaml',
  '.dockerfile-optimizer.yml',
  '.dockerfile-optimizer.json',
  '.hadolint.yaml',
  '.hadolint.yml',
];

/** Globs of Compose and Bake files. */
export const BUILD_FILES: readonly string[] = ['{docker-,}compose*.{yaml,yml}', 'docker-bake*.{hcl,json}'];

/** What a folder's Dockerfile is called: the first that is there. */
export const MAIN_DOCKERFILES: readonly string[] = ['Dockerfile', 'Containerfile'];

/** What Dockerfiles are called; the editor's manifest and the client name the same. */
export const DOCKERFILE_NAMES: readonly string[] = MAIN_DOCKERFILES.flatMap((name) => [
  name,
  `${name}.*`,
  `*.${name}`,
  `*.${name.toLowerCase()}`,
]);

const DOCKERFILE =
  /^(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.(?:Dockerfile|dockerfile|Containerfile|containerfile)$/;
/** Beside Dockerfiles and named like them, yet something else. */
const NO_DOCKERFILE = /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|bak|orig|rej|swp|swo|tmp)$|~$/i;

/** Of a file by its path or name. */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path);
  return DOCKERFILE.test(name) && !NO_DOCKERFILE.test(name);
}

const COMPOSE = /^(?:docker-)?compose(?:[._-][\w.-]*)?\.ya?ml$/;
/** In the order in which Bake lays one over the other. */
export const BAKE_NAMES: readonly string[] = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

export function isComposeFile(path: string): boolean {
  return COMPOSE.test(nameOf(path));
}

export function isBakeFile(path: string): boolean {
  return BAKE_NAMES.includes(nameOf(path));
}

/** What the package managers of Node.js install from. */
export const NODE_LOCKS = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
} as const;

export function isNodeLock(path: string): boolean {
  return Object.values(NODE_LOCKS)
    .flat()
    .some((name) => name === nameOf(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
