import { wordList } from '../text/wordList';

/** Names of Docker Hub, and public mirrors that have its images under the same names. */
const HUBS = wordList`
  docker\.io index\.docker\.io registry-1\.docker\.io registry\.hub\.docker\.com mirror\.gcr\.io dockerproxy\.(?:com|net)
  docker\.m\.daocloud\.io docker\.1ms\.run docker\.1panel\.live docker\.mirrors\.ustc\.edu\.cn hub-mirror\.c\.163\.com
  registry\.docker-cn\.com docker\.mirror\.hashicorp\.services
`;

/** Where Docker Hub has the official images, also by architecture: github.com/docker-library/official-images (2026-11). */
const OFFICIAL = /^(?:library|amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//;

/** A mirror of several registries has a folder for each: `m.daocloud.io/gcr.io/distroless/static`. */
const REGISTRY_FOLDER =
  /(?:^|\/)(docker\.io|gcr\.io|ghcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|quay\.io)\/([^:@]{1,200})$/;

/**
 * Folders that a registry has for Docker Hub: the dependency proxy of GitLab, pull-through caches of ECR, Artifactory,
 * Harbor and Nexus (their documentation, 2026-11).
 */
const HUB_FOLDERS = wordList`
  dependency_proxy\/containers docker\/library mirror\/docker proxy_cache docker[-_](?:remote|proxy|io)
  docker[-_]?hub(?:[-_](?:proxy|cache|remote|mirror))?
`;

/** Registries that are not mirrors: there, `library` is a name like any other. */
const OWN_IMAGES = /^(?:ghcr\.io|quay\.io|registry\.gitlab\.com|gcr\.io|mcr\.microsoft\.com)$/;

/**
 * The name by which an image is known: `python` also for `public.ecr.aws/docker/library/python`,
 * `gcr.io/distroless/static`.
 */
export function hubName(registry: string | undefined, repository: string): string {
  if (registry === undefined || HUBS.test(registry)) return repository.replace(OFFICIAL, '');
  const [, host, path] = REGISTRY_FOLDER.exec(repository) ?? [];
  if (host !== undefined && path !== undefined) return hubName(host, path);
  const inHub = behindHubFolder(repository);
  if (inHub !== undefined) return inHub.replace(OFFICIAL, '');
  // Only mirrors of Docker Hub have images in `library/`.
  const [, official] = OWN_IMAGES.test(registry) ? [] : (/(?:^|\/)library\/([\w.-]+)$/.exec(repository) ?? []);
  // Microsoft's previews have the tags of the images that they become.
  return official ?? `${registry}/${repository}`.replace(/^(mcr\.microsoft\.com\/dotnet\/)nightly\//, '$1');
}

/** `library/node` of `docker-hub/library/node`; undefined if no folder stands for Docker Hub. */
function behindHubFolder(repository: string): string | undefined {
  const parts = repository.split('/');
  const isHub = (end: number) =>
    HUB_FOLDERS.test(parts[end] ?? '') || HUB_FOLDERS.test(parts.slice(end - 1, end + 1).join('/'));
  const at = parts.findIndex((_, end) => end < parts.length - 1 && isHub(end));
  return at < 0 ? undefined : parts.slice(at + 1).join('/');
}
