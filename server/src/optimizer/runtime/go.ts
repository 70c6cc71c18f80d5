import { dependenciesOf } from '../../app/dependencies';
import { callsHttps } from '../../app/neededPrograms';
import { type Site, siteOfProgram } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import { installOf } from '../split/compose';
import { staticRuntime } from '../split/debianRuntime';
import { callsC, installsLibrary, withoutC, zonesOnAlpine } from '../split/go';
import { isGoBuild } from '../split/goBuilds';
import { canDropRoot } from '../split/rootless';
import { isGuard, refuse } from '../transform';
import { copiedStages } from './copiedStages';
import { programNeeds } from './programNeeds';
import type { RuntimeFor } from './runtime';

/** Go: a statically linked program needs no image with a toolchain. */
export const goRuntime: RuntimeFor = (site) => {
  const { dockerfile, stage } = site;
  if (stage.index === 0 || stage.base.kind !== 'image' || stage.base.image.name !== 'golang') return undefined;
  if (!stage.base.image.isLiteral) return undefined;
  if (startedCommands(site).commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  const builders = copiedStages(stage, dockerfile.stages);
  if (builders?.length === 0) return refuse('the container does not start the program that is built');
  const program = siteOfProgram(site);
  const edits = builders && staticBuilds(builders, program);
  const isOfMusl = !edits && builders?.every(isAlpine) === true && isAlpine(stage) && !installsLibrary(program);
  if (!edits && !isOfMusl)
    return refuse('the program may be dynamically linked: build it with CGO_ENABLED=0 if it needs no C code');
  // A module may connect to a server even if the address is not in the sources.
  const checksCertificates = callsHttps(program) || dependenciesOf(program).some(({ ecosystem }) => ecosystem === 'go');
  const needs = programNeeds(site, { program, checksCertificates });
  if (isGuard(needs)) return needs;
  const staysOnAlpine = needs.staysOnAlpine || !edits;
  const image = staticRuntime(site, { ...needs, staysOnAlpine }, canDropRoot(site));
  const packages = [...new Set([...needs.packages, ...(staysOnAlpine ? zonesOnAlpine(program) : [])])];
  return {
    image,
    lines: packages.length === 0 ? [] : [installOf(site, packages)],
    edits: edits ?? [],
    reason: edits
      ? phrase(
          'The final stage contains only a statically linked program that another stage built, so it needs nothing from the toolchain image.',
        )
      : phrase(
          'The final stage only runs a program that another stage built, so it needs its libraries but no compiler.',
        ),
    risk: phrase('The smaller image has no Go tools: a program that calls one fails.'),
  };
};

/** A program that is built there needs only the C library, which every Alpine has. */
function isAlpine(stage: Stage): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && base.image.name === 'golang' && /\balpine/.test(base.image.tag ?? '');
}

/** What has to change for all builds to link statically, which is often nothing; undefined where that is uncertain. */
export function staticBuilds(builders: readonly Stage[], program: Site): TextEdit[] | undefined {
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
