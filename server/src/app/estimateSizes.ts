import { packageCommand } from '../commands/packageCommand';
import { packageName, systemInstall } from '../commands/systemPackages';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { hasBuildpackDeps } from '../knowledge/buildpackDeps';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { broughtBy, bytesOf, ofFullImages, packageSource, recommendedBytes } from '../knowledge/packageSizes';
import { unpackedBytes } from '../knowledge/unpackedBytes';
import { type Phrase, phrase } from '../l10n/phrase';
import { sizeText } from '../text/byteText';
import { copiedBy } from './copiedFiles';
import { contextOfBuild } from './site';

/**
 * Size of the lists that `apt-get update` leaves behind on bookworm: the bytes that `safe` saves in
 * docs/benchmarks.md.
 */
const APT_LISTS_BYTES = 19_900_000;

export interface StageSizes {
  readonly stage: Stage;
  /** The base image; undefined if its size is unknown. */
  readonly base: Estimate | undefined;
  /** Sizes that instructions add, where they are known. */
  readonly instructions: readonly (Estimate & { readonly node: Instruction })[];
  /** Total; undefined if the base is unknown, or the packages of another distribution are. */
  readonly bytes: number | undefined;
}

export interface Estimate {
  /** Unpacked, as `docker images` shows it. */
  readonly bytes: number;
  /** Where the figure comes from, for the user. */
  readonly basis: Phrase;
}

/** Estimates the sizes of a file's stages. Downloaded and compiled files have no known size and are not counted. */
export function estimateSizes(
  { stages }: DockerfileModel,
  knowledge: KnowledgeBase,
  buildContext: BuildContext | undefined,
): StageSizes[] {
  const context = buildContext && contextOfBuild(buildContext);
  const known = new Map<Stage, StageSizes & { readonly installed: ReadonlySet<number> }>();
  for (const stage of stages) {
    const parent = stage.base.kind === 'stage' ? known.get(stage.base.stage) : undefined;
    const base = parent ? fromStage(parent) : baseOf(stage, knowledge);
    const installed = new Set(parent?.installed ?? presentIn(stage));
    const instructions: (Estimate & { node: Instruction })[] = [];
    for (const node of stage.instructions) {
      const added = addedBy(node, installed, context);
      if (added && added.bytes > 0) instructions.push({ node, ...added });
    }
    const isKnown = !stage.instructions.some(installsUnknown);
    const bytes = base && isKnown ? instructions.reduce((sum, one) => sum + one.bytes, base.bytes) : undefined;
    known.set(stage, { stage, base, instructions, bytes, installed });
  }
  return [...known.values()];
}

/** Only the sizes of Debian's packages are known. A compiler out of apk is larger than most bases. */
function installsUnknown({ keyword, script }: Instruction): boolean {
  const installs = keyword === 'RUN' ? (script?.commands ?? []).flatMap((command) => systemInstall(command) ?? []) : [];
  return installs.some(({ tool }) => !tool.startsWith('apt'));
}

function fromStage({ bytes, stage }: StageSizes): Estimate | undefined {
  return bytes === undefined
    ? undefined
    : { bytes, basis: phrase('the total of stage {stage}', { stage: stage.name ?? stage.index }) };
}

function baseOf({ base }: Stage, knowledge: KnowledgeBase): Estimate | undefined {
  if (base.kind === 'scratch') return { bytes: 0, basis: phrase('nothing') };
  const { sizeBytes: size, sizeAsOf } = (base.kind === 'image' && knowledge.image(base.image)) || {};
  if (size === undefined) return undefined;
  return {
    bytes: unpackedBytes(size),
    basis: phrase('about {size} to download (docker-library/repo-info, {asOf}), about {unpacked} on disk', {
      size: sizeText(size),
      asOf: sizeAsOf ?? '',
      unpacked: sizeText(unpackedBytes(size)),
    }),
  };
}

/** Packages that the base image already contains. */
function presentIn({ base }: Stage): ReadonlySet<number> {
  return base.kind === 'image' && hasBuildpackDeps(base.image.name, base.image.tag) ? ofFullImages() : new Set();
}

function addedBy(node: Instruction, installed: Set<number>, context: BuildContext | undefined): Estimate | undefined {
  if (node.keyword === 'RUN') return installedBy(node, installed);
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || !context) return undefined;
  const copied = copiedBy(node, context);
  if (!copied) return undefined;
  let bytes = 0;
  for (const path of copied.values()) bytes += context.files.get(path)?.sizeBytes ?? 0;
  return { bytes, basis: copied.size === 1 ? phrase('the file') : phrase('{count} files', { count: copied.size }) };
}

function installedBy({ script }: Instruction, installed: Set<number>): Estimate | undefined {
  const calls = (script?.commands ?? []).flatMap((command) => packageCommand(command, ['apt-get', 'apt']) ?? []);
  let bytes = 0;
  let count = 0;
  // Packages mostly recommend the same others, so only the largest figure counts.
  let recommended = 0;
  for (const call of calls) {
    if (call.subcommand?.value !== 'install') continue;
    for (const { value } of call.operands) {
      const name = packageName(value);
      const brought = broughtBy(name)?.filter((one) => !installed.has(one));
      if (!brought || brought.length === 0) continue;
      count++;
      bytes += bytesOf(brought);
      if (!call.has('--no-install-recommends')) recommended = Math.max(recommended, recommendedBytes(name));
      for (const one of brought) installed.add(one);
    }
  }
  bytes += recommended;
  const updates = calls.some(({ subcommand }) => subcommand?.value === 'update');
  const cleans = script?.commands.some(
    ({ name, words }) => name === 'rm' && words.some(({ value }) => value.includes('/var/lib/apt')),
  );
  const lists = updates && !cleans ? APT_LISTS_BYTES : 0;
  if (bytes + lists === 0) return undefined;
  return { bytes: bytes + lists, basis: basisOf(count, lists > 0) };
}

function basisOf(count: number, hasLists: boolean): Phrase {
  const data = { count, source: packageSource() };
  if (count === 0) return phrase('the package lists of apt');
  if (count === 1)
    return hasLists
      ? phrase('1 package with its dependencies ({source}), and the package lists of apt', data)
      : phrase('1 package with its dependencies ({source})', data);
  return hasLists
    ? phrase('{count} packages with their dependencies ({source}), and the package lists of apt', data)
    : phrase('{count} packages with their dependencies ({source})', data);
}
