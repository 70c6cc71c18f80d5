import type { BuildContext } from '../engine/buildContext';

const RUNS_IN_DOCKER = /^[ \t]{1,8}["']?using["']?:[ \t]{0,8}["']?docker["']?[ \t\r]{0,8}(?:#.*)?$/m;

/** The file that makes an image a GitHub action, which only root can run: the workspace belongs to the runner's user. */
export function actionFile(context: BuildContext | undefined): string | undefined {
  return ['action.yml', 'action.yaml'].find((path) => RUNS_IN_DOCKER.test(context?.read(path) ?? ''));
}
