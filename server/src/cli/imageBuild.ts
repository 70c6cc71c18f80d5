import { resolve } from 'node:path';
import { defaultRuleSettings } from '../engine/ruleSettings';
import type { ImageBuild } from '../reports/imageBuild';
import { engineChoiceOf } from './engineChoice';
import type { Source } from './oneDockerfile';
import type { Session } from './session';

/** How the image of a file is built, by its configuration and the options. */
export function imageBuildOf(session: Session, { path, text }: Source): ImageBuild {
  const { targetStage, buildArgs } = session.lintOptions(path).config?.settings ?? defaultRuleSettings;
  return {
    text,
    dockerfilePath: path === '-' ? undefined : resolve(path),
    contextFolder: resolve(session.contextFolder(path)),
    targetStage,
    buildArgs,
    engine: engineChoiceOf(session.options.engine),
    buildOptions: session.options.buildOptions,
    localize: session.engine.localize,
  };
}
