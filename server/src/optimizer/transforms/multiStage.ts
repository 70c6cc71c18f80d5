import { imageStage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { aboutBytes } from '../../text/byteText';
import { createSite, type Site } from '../app/site';
import { composeSplit, type Split } from '../split/compose';
import { splitters } from '../split/splitters';
import type { Proposal, Refusal, Transform, TransformSite } from '../transform';

const TITLE = 'Build in a stage of its own, and run on a smaller image';

/** Makes a build stage and a smaller final stage out of one that does both. */
export const multiStage: Transform = {
  id: 'multi-stage',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const { dockerfile, buildContext } = given;
    const stage = imageStage(dockerfile);
    if (!stage || dockerfile.errors.length > 0) return undefined;
    const refusal = considered(given, stage);
    if (refusal !== undefined) return refusal === '' ? undefined : { title: TITLE, guard: refusal };
    if (!buildContext) return undefined;
    const site = createSite(dockerfile, stage, given.knowledge, buildContext);
    if (!site) return undefined;
    const guard = contextGuard(site);
    let refused: Refusal | undefined;
    for (const split of splitters) {
      const answer = split(site);
      if (!answer) continue;
      if ('guard' in answer) {
        refused ??= { title: TITLE, guard: answer.guard };
        continue;
      }
      return guard === undefined ? proposal(given, site, answer) : { title: TITLE, guard };
    }
    return refused;
  },
};

/** Why the stage is left alone; '' when there is nothing to say about it. */
function considered({ config }: TransformSite, stage: Stage): string | undefined {
  if (config?.settings.targetStage !== undefined) return '';
  if (stage.base.kind === 'unresolved') return 'the base image comes out of a variable that has no value';
  if (stage.base.kind !== 'image') return '';
  if (!stage.base.image.isLiteral) return 'the base image comes out of a variable';
  const { shell } = stage.instructions.at(-1) ?? stage.from;
  return shell === 'cmd' || shell === 'powershell' ? 'it is a Windows image' : undefined;
}

/** Why the files beside the Dockerfile do not tell enough. */
export function contextGuard({ context, copied }: Site): string | undefined {
  const unknown = context.unlisted.find(
    (folder) =>
      folder === '' || !/(?:^|\/)(?:\.git|\.hg|\.svn|__pycache__|\.venv|venv|node_modules|target)$/.test(folder),
  );
  if (unknown !== undefined) return 'there are too many files beside the Dockerfile to look through';
  const copies = context.unlisted.find((folder) => /(?:^|\/)(?:node_modules|venv|\.venv)$/.test(folder));
  if (copies !== undefined) return `${copies} beside the Dockerfile would be copied in: list it in .dockerignore`;
  return copied.isComplete ? undefined : 'a COPY names files that are not beside the Dockerfile';
}

function proposal({ dockerfile, knowledge }: TransformSite, site: Site, split: Split): Proposal {
  const saved = sizeDifference(site, split.runtimeImage);
  return {
    title: `Build ${split.language} in a stage of its own, and run on ${split.runtimeImage}`,
    reason: `Compilers, headers and package managers are needed while the image is built and never again. They stay in the build stage; the final image is ${split.runtimeImage} with what runs${saved === undefined ? '' : `, ${aboutBytes(-saved)} smaller by the sizes of the base images of ${knowledge.asOf}`}.`,
    ...(split.risk === undefined ? {} : { risk: split.risk }),
    edits: [composeSplit(dockerfile, site.stage, split)],
    ...(saved === undefined ? {} : { impact: { bytes: saved } }),
  };
}

/** What the base images differ by, where both sizes are known; negative is saved. */
export function sizeDifference({ facts, stage, knowledge }: Site, runtimeImage: string): number | undefined {
  if (stage.base.kind !== 'image' || facts.sizeBytes === undefined) return undefined;
  const [, registry, repository = '', tag] =
    /^(?:([\w.-]+\.[\w.-]+(?::\d+)?)\/)?([^:@]+)(?::([^@]+))?/.exec(runtimeImage) ?? [];
  const size = knowledge.image({
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    span: stage.base.image.span,
    isLiteral: true,
  })?.sizeBytes;
  return size === undefined ? undefined : size - facts.sizeBytes;
}
