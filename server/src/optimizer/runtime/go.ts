import { callsHttps, startsPrograms } from '../../app/neededPrograms';
import { startedCommands } from '../../app/start/startedCommands';
import { commandKind } from '../../commands/commandKinds';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { needsShell } from '../split/compiled';
import { installOf } from '../split/compose';
import { staticRuntime } from '../split/debianRuntime';
import { canDropRoot, writesFiles } from '../split/rootless';
import { installedPackages, systemNeeds } from '../split/systemNeeds';
import { unknownEffect } from '../split/unknownEffect';
import { isGuard, refuse } from '../transform';
import type { RuntimeFor } from './runtime';

/** Go: a statically linked program needs no image with a toolchain. */
export const goRuntime: RuntimeFor = (site) => {
  const { dockerfile, stage } = site;
  if (stage.index === 0 || stage.base.kind !== 'image' || stage.base.image.repository !== 'golang') return undefined;
  if (!stage.base.image.isLiteral) return undefined;
  if (startedCommands(site).commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  const builders = copiedStages(stage, dockerfile.stages);
  if (builders?.length === 0) return refuse('the container does not start the program that is built');
  if (!builders?.every(buildsStatically))
    return refuse('the program may be dynamically linked: build it with CGO_ENABLED=0 if it needs no C code');
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const unknown = runs.flatMap(({ script }) => script?.commands ?? []).find((command) => !commandKind(command));
  if (unknown) return unknownEffect(unknown);
  // A directory that is written to has to be given to the user, and that needs a shell.
  const shell = runs.length > 0 || needsShell(site, undefined) || startsPrograms(site) || writesFiles(site);
  const staysOnAlpine = shell && site.facts.distro === 'alpine';
  const system = systemNeeds(site, stage.instructions, { startsOwnProgram: true, leavesAlpine: !staysOnAlpine });
  if (isGuard(system)) return system;
  const installed = new Set(installedPackages(stage.instructions));
  const packages = [...system.packages, ...(shell && callsHttps(site) ? ['ca-certificates'] : [])].filter(
    (name) => !installed.has(name),
  );
  const needs = { shell, packages, staysOnAlpine };
  const image = staticRuntime(site, needs, canDropRoot(site));
  return {
    image,
    lines: packages.length === 0 ? [] : [installOf(site, packages)],
    reason: phrase(
      'The final stage contains only a statically linked program that another stage built, so it needs nothing from the toolchain image.',
    ),
    risk: phrase('The smaller image has no Go tools: a program that calls one fails.'),
  };
};

/** The stages that everything is copied from; undefined if one of the sources is an image. */
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
