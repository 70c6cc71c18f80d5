import { callsHttps } from '../../app/neededPrograms';
import { createSite, type Site, siteOfProgram } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { imageName } from '../../dockerfile/imageName';
import { lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import { isCargoBuild } from '../split/cargoBuilds';
import { cargoNeeds } from '../split/cargoLibraries';
import { installOf } from '../split/compose';
import { dynamicRuntime, staticRuntime } from '../split/debianRuntime';
import { releaseInBuild } from '../split/releaseInBuild';
import { canDropRoot } from '../split/rootless';
import { type Guard, isGuard, refuse } from '../transform';
import { copiedStages } from './copiedStages';
import { programNeeds } from './programNeeds';
import type { RuntimeFor } from './runtime';

/** Rust: a program that another stage built needs the C library of that stage and the libraries of its crates. */
export const rustRuntime: RuntimeFor = (site) => {
  const { dockerfile, stage } = site;
  if (stage.index === 0 || stage.base.kind !== 'image' || !stage.base.image.isLiteral) return undefined;
  if (!/^(?:rust|rustlang\/rust)$/.test(stage.base.image.name)) return undefined;
  if (startedCommands(site).commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  const builder = copiedStages(stage, dockerfile.stages)?.find(buildsWithCargo);
  if (!builder) return refuse('the container does not start the program that is built');
  const built = builtOn(site, builder);
  if (isGuard(built)) return built;
  const program = { ...siteOfProgram(site), facts: built.site.facts };
  const isAlpine = built.site.facts.distro === 'alpine';
  const cargo = cargoNeeds(program, isAlpine ? undefined : built.site.facts.distroRelease);
  if (isGuard(cargo)) return cargo;
  const isStatic = isAlpine && cargo.libraries.length === 0 && !/-crt-static/.test(dockerfile.text);
  if (isAlpine && !isStatic) return refuse('the libraries of this distribution are unknown');
  const needs = programNeeds(site, {
    program,
    libraries: cargo.libraries,
    checksCertificates: cargo.checksCertificates || callsHttps(program),
  });
  if (isGuard(needs)) return needs;
  const image = isStatic
    ? staticRuntime(site, needs, canDropRoot(site))
    : dynamicRuntime(built.site, needs, 'cc', canDropRoot(site));
  if (isGuard(image)) return image;
  return {
    image,
    lines: needs.packages.length === 0 ? [] : [installOf(site, needs.packages)],
    edits: built.edits,
    reason: phrase(
      'The final stage only runs a program that another stage built, so it needs its libraries but no compiler.',
    ),
    risk: phrase('The smaller image has no Rust tools: a program that calls one fails.'),
  };
};

function buildsWithCargo(stage: Stage): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(({ keyword, script }) => keyword === 'RUN' && script?.commands.some(isCargoBuild)),
  );
}

/** The system that the program is linked on, and the edit that keeps its release in the tag; a guard if it is unknown. */
function builtOn(
  { dockerfile, knowledge, project, services }: Site,
  builder: Stage,
): { readonly site: Site; readonly edits: readonly TextEdit[] } | Guard {
  const [bottom = builder] = lineage(builder);
  const known = createSite(dockerfile, bottom, knowledge, project, services);
  if (!known)
    return refuse('unknown base image `{image}`: its packages are not in our data', {
      image: bottom.base.kind === 'image' ? imageName(bottom.base.image) : '',
    });
  const release = releaseInBuild(known);
  if (isGuard(release)) return release;
  const { site, buildImage } = release;
  const span = bottom.from.args[0]?.span ?? bottom.from.span;
  return { site, edits: buildImage === undefined ? [] : [{ span, newText: buildImage }] };
}
