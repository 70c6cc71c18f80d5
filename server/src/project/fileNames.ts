import { baseName } from '../text/paths';

/** The name of the baseline in documentation and editors. Any other name works, but editors do not watch it. */
export const BASELINE_NAME = '.dockerfile-optimizer-baseline.json';

/** In order of precedence within one folder; hadolint's own configuration is read, too. */
export const CONFIGURATION_NAMES: readonly string[] = [
  '.dockerfile-optimizer.yaml',
  '.dockerfile-optimizer.yml',
  '.dockerfile-optimizer.json',
  '.hadolint.yaml',
  '.hadolint.yml',
];

/** Globs of Compose, Bake and devcontainer files. */
export const BUILD_FILES: readonly string[] = [
  '{docker-,}compose*.{yaml,yml}',
  'docker-bake*.{hcl,json}',
  '{.,}devcontainer.json',
];

/** Folders whose Compose and Bake files build what lies beside the folder: 42 of 718 public projects have them there. */
export const BUILD_FILE_FOLDERS: readonly string[] = [
  '.docker',
  'compose',
  'deploy',
  'deployment',
  'docker',
  'docker-compose',
  'infra',
  'infrastructure',
];

/** Of what is in this folder, only its devcontainer.json says how a Dockerfile beside it is built. */
export const DEVCONTAINER_FOLDER = '.devcontainer';

/** The main Dockerfile of a folder: the first existing one. */
export const MAIN_DOCKERFILES: readonly string[] = ['Dockerfile', 'Containerfile'];

/** The names of Dockerfiles; the editor's manifest and the client list the same ones. */
export const DOCKERFILE_NAMES: readonly string[] = MAIN_DOCKERFILES.flatMap((name) => [
  name,
  `${name}.*`,
  `*.${name}`,
  `*.${name.toLowerCase()}`,
]);

/** `Dockerfile-api` and `Dockerfile_3.12` only where no type of another file follows: editors cannot tell them apart. */
const DOCKERFILE =
  /^(?:Dockerfile|Containerfile)(?:\.[^/]+|[-_][\w-]{1,100}(?:\.\d[\w-]{0,20}){0,3})?$|(?:^|\.)(?:Dockerfile|dockerfile|Containerfile|containerfile)$/;
/** Files beside Dockerfiles with similar names that are not Dockerfiles, and templates that one is made from. */
const NO_DOCKERFILE =
  /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|bak|orig|rej|swp|swo|tmp|te?mpl|tpl|template|j2|jinja2?|erb|ejs|hbs|mustache|twig|njk|liquid|m4|in)$|~$/i;

/** Accepts a path or a name. */
export function isDockerfile(path: string): boolean {
  const name = baseName(path);
  return DOCKERFILE.test(name) && !NO_DOCKERFILE.test(name);
}

/** `Dockerfile.dev`, `dev.Dockerfile`, `docker/dev/Dockerfile`: an image that people work in. */
export function isForDevelopment(path: string): boolean {
  const [name = '', folder = ''] = path.replaceAll('\\', '/').split('/').reverse();
  return (
    /(?:^|[._-])(?:dev|devel|develop|development|local)(?:[._-]|$)/i.test(name) ||
    /^(?:dev|development|\.devcontainer)$/i.test(folder)
  );
}

/** In the order of Compose, which takes the first existing one. */
export const MAIN_COMPOSE_FILES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

const COMPOSE = /^(?:docker-)?compose(?:[._-][\w.-]*)?\.ya?ml$/;
/** In the order in which Bake merges them; later ones override earlier ones. */
export const BAKE_NAMES: readonly string[] = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

export function isComposeFile(path: string): boolean {
  return COMPOSE.test(baseName(path));
}

export function isDevcontainerFile(path: string): boolean {
  return /^\.?devcontainer\.json$/.test(baseName(path));
}

export function isBakeFile(path: string): boolean {
  return BAKE_NAMES.includes(baseName(path));
}

/** The lock files of Node.js package managers. */
export const NODE_LOCKS = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
} as const;

export function isNodeLock(path: string): boolean {
  return Object.values(NODE_LOCKS)
    .flat()
    .some((name) => name === baseName(path));
}
