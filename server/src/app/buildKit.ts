import type { DockerfileModel } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { type Phrase, phrase } from '../l10n/phrase';
import { isBakeFile, isComposeFile } from '../project/fileNames';
import { anyOf } from '../text/pattern';
import { wordList } from '../text/wordList';

/** Whether BuildKit builds a file, as far as the files show, and the evidence in one sentence for the user. */
export interface BuildKitUse {
  readonly isUsed: boolean;
  readonly because: Phrase;
}

/** What is known about the machine and its configuration in addition to the files. */
export interface KnownBuilds {
  /** Docker on this machine has the plugin that builds with BuildKit. */
  readonly isInstalled: boolean;
  /** A Compose or Bake file of the project builds it. */
  readonly isNamed: boolean;
}

export function buildKitUse(
  dockerfile: DockerfileModel,
  project: BuildContext | undefined,
  { isInstalled, isNamed }: KnownBuilds,
): BuildKitUse {
  const files = buildFilesOf(project);
  const other = files.find(({ text }) => OTHER_BUILDER.test(text));
  if (other)
    return unused(
      phrase('`{file}` builds with kaniko or without BuildKit: neither has cache mounts', { file: other.path }),
    );
  // Podman and Buildah versions that build a file with cache mounts support them.
  if (dockerfile.instructions.some(hasCacheMount)) return used(phrase('This file already has cache mounts.'));
  const podman = files.find(({ text }) => PODMAN.test(text));
  if (podman)
    return unused(
      phrase('`{file}` builds with Podman or Buildah, whose older versions have no cache mounts', {
        file: podman.path,
      }),
    );
  if (project?.files.has('Containerfile'))
    return unused(phrase('a Containerfile is for Podman or Buildah, whose older versions have no cache mounts'));
  if (usesItsSyntax(dockerfile)) return used(phrase('This file already uses BuildKit syntax.'));
  const builder = files.find(
    ({ path, text }) => isBakeFile(path) || (isComposeFile(path) ? BUILD_KEY : BUILDKIT).test(text),
  );
  if (builder) return used(phrase('`{file}` builds the image with BuildKit.', { file: builder.path }));
  if (isNamed) return used(phrase('A Compose or Bake file builds the image with BuildKit.'));
  if (isInstalled) return used(phrase('Docker on this machine builds with BuildKit.'));
  return unused(
    phrase(
      'nothing here shows that BuildKit builds this file: add `# syntax=docker/dockerfile:1` as its first line, or set cache mounts to `always`',
    ),
  );
}

function used(because: Phrase): BuildKitUse {
  return { isUsed: true, because };
}

function unused(because: Phrase): BuildKitUse {
  return { isUsed: false, because };
}

/** Files that may contain build commands: Compose, Bake, CI, Makefiles and the like. */
const BUILD_FILE = wordList`
  \.github\/workflows\/[^/]+\.ya?ml \.gitlab-ci\.ya?ml \.gitlab\/[^/]+\.ya?ml \.circleci\/config\.ya?ml
  \.(?:drone|travis|woodpecker)\.ya?ml (?:azure|bitbucket)-pipelines\.ya?ml cloudbuild\.ya?ml buildspec\.ya?ml
  skaffold\.ya?ml Jenkinsfile Tiltfile (?:GNUm|[mM])akefile [jJ]ustfile Taskfile\.ya?ml
  (?:scripts?\/|ci\/|bin\/)?[\w.-]+\.sh
`;

/**
 * https://docs.docker.com/build/buildkit/: Compose 2 and Bake always build with BuildKit. The first release of the
 * Action did not.
 */
const BUILDKIT = anyOf(
  /\bdocker[ -]buildx\b|\bbuildctl\b|\bdocker compose\b|\bdocker\/(?:setup-buildx|bake)-action@/,
  /\bdocker\/build-push-action@(?!v1\b)|\bDOCKER_BUILDKIT["']?\s{0,4}[:=]\s{0,4}["']?(?:1|true)\b/,
);
const BUILD_KEY = /^[ \t]{1,20}build:/m;
/** kaniko accepts the flag but ignores it: https://github.com/GoogleContainerTools/kaniko/issues/969 */
const OTHER_BUILDER =
  /\bkaniko\b|\b(?:DOCKER_BUILDKIT|COMPOSE_DOCKER_CLI_BUILD)["']?\s{0,4}[:=]\s{0,4}["']?(?:0|false)\b/;
const PODMAN = /\b(?:podman(?:-compose)?|buildah)\b/;

function buildFilesOf(project: BuildContext | undefined): { path: string; text: string }[] {
  return [...(project?.files.keys() ?? [])]
    .filter((path) => BUILD_FILE.test(path) || isBakeFile(path) || isComposeFile(path))
    .map((path) => ({ path, text: withoutComments(project?.read(path) ?? '') }));
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
}

function hasCacheMount({ flags }: DockerfileModel['instructions'][number]): boolean {
  return flags.some(({ options }) => options.get('type') === 'cache');
}

/** Syntax that the classic builder does not support: https://docs.docker.com/reference/dockerfile/ */
function usesItsSyntax({ text, instructions }: DockerfileModel): boolean {
  return (
    /^#[ \t]*syntax[ \t]*=[ \t]*\S*docker\/dockerfile/im.test(text.split(/\r?\n(?!#)/, 1)[0] ?? '') ||
    instructions.some(
      ({ heredocs, flags, keyword }) =>
        heredocs.length > 0 ||
        // Only BuildKit sets these variables; to the classic builder an empty platform is an error.
        flags.some(({ name, value }) => name === 'platform' && /\$\{?(?:BUILD|TARGET)PLATFORM\b/.test(value ?? '')) ||
        flags.some(
          ({ name }) =>
            /^(?:mount|link|parents|exclude|security|checksum)$/.test(name) ||
            (keyword === 'RUN' && name === 'network'),
        ),
    )
  );
}
