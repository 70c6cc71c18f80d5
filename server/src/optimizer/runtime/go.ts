import { dependenciesOf } from '../../app/dependencies';
import { callsHttps, startsPrograms } from '../../app/neededPrograms';
import { type Site, siteOfProgram } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { commandKind } from '../../commands/commandKinds';
import type { Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import { needsShell } from '../split/compiled';
import { installOf } from '../split/compose';
import { staticRuntime } from '../split/debianRuntime';
import { callsC, withoutC } from '../split/go';
import { isGoBuild } from '../split/goBuilds';
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
  const program = siteOfProgram(site);
  const edits = builders && staticBuilds(builders, program);
  if (!edits) return refuse('the program may be dynamically linked: build it with CGO_ENABLED=0 if it needs no C code');
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const unknown = runs.flatMap(({ script }) => script?.commands ?? []).find((command) => !commandKind(command));
  if (unknown) return unknownEffect(unknown);
  // A directory that is written to has to be given to the user, and that needs a shell.
  const shell = runs.length > 0 || needsShell(site, undefined) || startsPrograms(program) || writesFiles(site);
  const staysOnAlpine = shell && site.facts.distro === 'alpine';
  const system = systemNeeds(program, stage.instructions, { startsOwnProgram: true, leavesAlpine: !staysOnAlpine });
  if (isGuard(system)) return system;
  const installed = new Set(installedPackages(stage.instructions));
  // A module may connect to a server even if the address is not in the sources.
  const connects = callsHttps(program) || dependenciesOf(program).some(({ ecosystem }) => ecosystem === 'go');
  const packages = [...new Set([...system.packages, ...(shell && connects ? ['ca-certificates'] : [])])].filter(
    (name) => !installed.has(name),
  );
  const needs = { shell, packages, staysOnAlpine };
  const image = staticRuntime(site, needs, canDropRoot(site));
  return {
    image,
    lines: packages.length === 0 ? [] : [installOf(site, packages)],
    edits,
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

/** What has to change for all builds to link statically, which is often nothing; undefined where that is uncertain. */
function staticBuilds(builders: readonly Stage[], program: Site): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { instructions } of builders) {
    const builds = instructions.filter(({ keyword, script }) => keyword === 'RUN' && script?.commands.some(isGoBuild));
    const settings = instructions.flatMap((node) => (node.keyword === 'ENV' ? node.pairs : []));
    const setting = settings.find(({ name }) => name === 'CGO_ENABLED')?.value;
    if (builds.length === 0) return undefined;
    if (setting === '0') continue;
    const missing = builds.flatMap(withoutC);
    const isC = missing.length > 0 && (setting !== undefined || callsC(program));
    const isOn = builds.some(({ bodyText }) => /\bCGO_ENABLED=["']?1/.test(bodyText));
    if (isC || isOn || builds.some(({ form }) => form !== 'shell')) return undefined;
    edits.push(...missing);
  }
  return edits;
}
