import { dirname, resolve } from 'node:path';
import type { Localize } from '../l10n/localize';
import { buildNamed } from '../project/builds/buildNamed';
import { hostFile } from '../project/inline/hostFile';
import { type ProjectBuild, projectBuild } from '../project/projectBuilds';
import type { ProjectFiles } from '../project/projectFiles';
import { Failure } from './failure';

export interface ChosenBuild {
  readonly build: ProjectBuild | undefined;
  readonly dockerfile: string;
}

/** @throws Failure when the file does not define such a build */
export function chosenBuild(
  { readText }: Pick<ProjectFiles, 'readText'>,
  wanted: string,
  localize: Localize,
): ChosenBuild {
  const colon = wanted.lastIndexOf(':');
  const [path, name] = [wanted.slice(0, colon), wanted.slice(colon + 1)];
  if (colon < 1 || name === '')
    throw new Failure(localize('--target-of {wanted}: expected <file>:<name>, such as compose.yaml:api', { wanted }));
  const text = readText(resolve(path));
  if (text === undefined) throw new Failure(localize('{path}: cannot be read', { path }));
  const build = buildNamed(path, text, name);
  const inside = hostFile(path, text)?.dockerfiles.flatMap(({ builds }) => builds) ?? [];
  if (!build && inside.some(({ owner }) => owner.name === name))
    throw new Failure(
      localize('--target-of: the Dockerfile of {name} is inside {path}: name that file instead', { path, name }),
    );
  if (!build)
    throw new Failure(
      localize('--target-of: {path} has no service or target {name} with a Dockerfile', { path, name }),
    );
  const contextFolder = resolve(dirname(path), build.context);
  return {
    build: projectBuild([{ ...build, contextFolder }]),
    dockerfile: resolve(contextFolder, build.dockerfile),
  };
}
