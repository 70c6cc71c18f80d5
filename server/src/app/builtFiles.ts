import type { BuildContext } from '../engine/buildContext';
import { parseDockerignore } from '../engine/dockerignore';
import { anyOf } from '../text/pattern';
import { normalPath } from './copiedFiles';

/** True where a .gitignore of the build context, or one that cannot be read, leaves out a path. */
export function excludedFromGit(written: string, context: BuildContext): boolean {
  const path = normalPath(written);
  const folders = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
  const roots = folders.filter((folder) => context.files.has(folder === '' ? '.gitignore' : `${folder}/.gitignore`));
  return roots.some((folder) => {
    const text = context.read(folder === '' ? '.gitignore' : `${folder}/.gitignore`);
    const ignore =
      text === undefined ? undefined : parseDockerignore(text.split(/\r?\n/).map(asDockerignore).join('\n'));
    return !ignore || ignore.isIgnored(folder === '' ? path : path.slice(folder.length + 1));
  });
}

/** In a .gitignore, a pattern without a slash inside matches in every folder. Exceptions are left out: it may make them. */
function asDockerignore(line: string): string {
  const pattern = line.trim();
  if (/^[!#]|^$/.test(pattern)) return '';
  return pattern.slice(0, -1).includes('/') ? pattern : `**/${pattern}`;
}

/** True where a script, a workflow or a build file of the project names a file: it may make it. */
export function namedInBuilds(name: string, context: BuildContext): boolean {
  return [...context.files.keys()].some((path) => BUILDS.test(path) && (context.read(path) ?? name).includes(name));
}

const BUILDS = anyOf(
  /^(?:GNU)?[Mm]akefile$|^(?:justfile|Taskfile\.ya?ml|Jenkinsfile|package\.json|\.gitmodules|azure-pipelines\.yml|cloudbuild\.ya?ml|buildspec\.yml|bitbucket-pipelines\.yml)$/,
  /^\.(?:gitlab-ci|travis|drone|goreleaser|appveyor)\.ya?ml$|^\.(?:github|circleci|gitlab|buildkite)\/|^[\w.-]+\/[\w.-]+\.sh$/,
  /^[\w.-]+\.(?:sh|bat|ps1|mk|gradle|kts)$|^(?:Rakefile|Makefile\.\w+|pom\.xml|tasks\.py|noxfile\.py|setup\.py)$/,
);
