import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { startsPrograms } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { commandKind } from '../../commands/commandKinds';
import type { Instruction } from '../../dockerfile/model';
import { baseName } from '../../text/paths';
import { needsShell, type RuntimeNeeds } from '../split/compiled';
import { unknownProgram } from '../split/programs';
import { writesFiles } from '../split/rootless';
import { installedPackages, systemNeeds } from '../split/systemNeeds';
import { unknownEffect } from '../split/unknownEffect';
import { type Guard, isGuard, refuse } from '../transform';

/** How the program was built, as far as it decides what the final stage needs. */
interface Built {
  /** The final stage with the files and the system of the stages that the program comes from. */
  readonly program: Site;
  readonly libraries?: readonly string[];
  /** Its connections are verified with the system's CA certificates. */
  readonly checksCertificates: boolean;
}

/** What a final stage needs that only runs a compiled program; a guard if that is unknown. */
export function programNeeds(site: Site, { program, libraries = [], checksCertificates }: Built): RuntimeNeeds | Guard {
  const { instructions } = site.stage;
  const runs = instructions.filter(({ keyword }) => keyword === 'RUN');
  const unknown = runs.flatMap(({ script }) => script?.commands ?? []).find((command) => !commandKind(command));
  if (unknown) return unknownEffect(unknown);
  const lost = lostProgram(site);
  if (lost !== undefined)
    return refuse('`{name}` is found only on the PATH of the toolchain image: start it by its path', { name: lost });
  // A directory that is written to has to be given to the user, and that needs a shell.
  const shell = runs.length > 0 || needsShell(site, undefined) || startsPrograms(program) || writesFiles(site);
  const staysOnAlpine = shell && site.facts.distro === 'alpine';
  const system = systemNeeds(program, instructions, {
    libraries,
    startsOwnProgram: true,
    leavesAlpine: !staysOnAlpine,
  });
  if (isGuard(system)) return system;
  const installed = new Set(installedPackages(instructions));
  const needsSystem = shell || system.packages.length > 0;
  const packages = [...system.packages, ...(needsSystem && checksCertificates ? ['ca-certificates'] : [])];
  return { shell, packages: [...new Set(packages)].filter((name) => !installed.has(name)), staysOnAlpine };
}

const BIN = /^(?:\/usr(?:\/local)?)?\/s?bin$/;

/** A started program in a directory that only the toolchain image has on its PATH, such as `/go/bin`. */
function lostProgram(site: Site): string | undefined {
  const onPath = site.stage.instructions.flatMap((node) =>
    node.keyword === 'ENV' ? node.pairs.filter(({ name }) => name === 'PATH').map(({ value = '' }) => value) : [],
  );
  const folders = new Set(onPath.flatMap((value) => value.split(':')));
  const isFound = (folder: string) => BIN.test(folder) || folders.has(folder);
  const names = new Set(site.stage.instructions.flatMap((node) => copiedNames(node, isFound)));
  return unknownProgram(site, startedCommands(site), (path) => path.includes('/') || names.has(path));
}

/** Names of what a COPY puts into these directories; a copied directory may contain any. */
function copiedNames(node: Instruction, isFound: (folder: string) => boolean): string[] {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
  const written = node.args.at(-1)?.text ?? '';
  const target = absolutePath(node.expand(written) ?? written, workdirAt(node)).replace(/\/$/, '');
  const sources = node.args.slice(0, -1).map(({ value }) => baseName(value.replace(/\/$/, '')));
  if (isFound(target)) return sources;
  return isFound(target.slice(0, target.lastIndexOf('/'))) ? [baseName(target)] : [];
}
