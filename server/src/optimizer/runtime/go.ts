import { startWords } from '../../app/start/startWords';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { staticRuntime } from '../split/debianRuntime';
import { canDropRoot, writesFiles } from '../split/rootless';
import { refuse } from '../transform';
import type { RuntimeFor } from './runtime';

/** Go: what is linked statically needs no image with a toolchain. */
export const goRuntime: RuntimeFor = (site) => {
  const { dockerfile, stage } = site;
  if (stage.index === 0 || stage.base.kind !== 'image' || stage.base.image.repository !== 'golang') return undefined;
  if (!stage.base.image.isLiteral) return undefined;
  if (stage.instructions.some(({ keyword }) => keyword === 'RUN'))
    return refuse('the final stage runs commands of its own');
  if (
    !startWords(stage) ||
    stage.instructions.some(
      (node) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(node.keyword) && node.form !== 'exec',
    )
  )
    return refuse('a shell starts the program');
  const builders = copiedStages(stage, dockerfile.stages);
  if (!builders?.length || !builders.every(buildsStatically))
    return refuse('it is not certain that the program is linked statically');
  // A folder that is written to has to be given to the user, and that needs a shell.
  const needs = { shell: writesFiles(site), packages: [], staysOnAlpine: false };
  const image = staticRuntime(site, needs, canDropRoot(site));
  return {
    image,
    reason: phrase(
      'The final stage only holds what another stage has built, and that is linked statically: it needs nothing of the image with the toolchain.',
    ),
    risk: phrase('A tool of the Go image that the program calls would be missing.'),
  };
};

/** The stages that everything is copied from; undefined where an image is among them. */
function copiedStages(stage: Stage, stages: readonly Stage[]): Stage[] | undefined {
  const found: Stage[] = [];
  for (const node of stage.instructions) {
    const from = node.flags.find(({ name }) => name === 'from')?.value?.toLowerCase();
    if (from === undefined) continue;
    const other = stages.find(({ name, index }) => name === from || `${index}` === from);
    if (!other) return undefined;
    found.push(other);
  }
  return found;
}

function buildsStatically(stage: Stage): boolean {
  const builds = stage.instructions
    .flatMap((node: Instruction) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []))
    .filter(({ name, words }) => name === 'go' && /^(?:build|install)$/.test(words[1]?.value ?? ''));
  const isSet = stage.instructions.some(
    (node) => node.keyword === 'ENV' && node.pairs.some(({ name, value }) => name === 'CGO_ENABLED' && value === '0'),
  );
  return (
    builds.length > 0 &&
    builds.every(
      ({ assignments }) => isSet || assignments.some(({ name, value }) => name === 'CGO_ENABLED' && value === '0'),
    )
  );
}
