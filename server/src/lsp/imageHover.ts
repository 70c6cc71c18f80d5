import type { ImageReference, Stage } from '../dockerfile/model';
import type { ImageFacts, KnowledgeBase } from '../knowledge/knowledgeBase';
import type { RemoteImage } from '../registry/registry';
import { imageName } from '../rules/shared/imageName';
import { aboutBytes } from '../text/byteText';
import type { RegistryLookups } from './registryLookups';

/** What is known of the image of a FROM, as markdown; undefined when nothing is. */
export function imageHover(
  { base }: Stage,
  knowledge: KnowledgeBase,
  lookups: RegistryLookups | undefined,
): string | undefined {
  if (base.kind !== 'image') return undefined;
  const { image } = base;
  const facts = knowledge.image(image);
  const live = lookups?.of(image).image;
  const title = `**${image.registry === undefined ? '' : `${image.registry}/`}${imageName(image)}**`;
  if (!facts) return live && [title, liveLine(live)].join('\n\n');
  const lines = [
    title,
    ...(live ? [liveLine(live)] : []),
    table(facts, knowledge),
    ...smaller(image, facts, knowledge),
    `*${sizeSource(facts)} All else: ${facts.source}*`,
  ];
  return lines.join('\n\n');
}

function sizeSource({ sizeBytes, sizeAsOf }: ImageFacts): string {
  if (sizeBytes === undefined) return 'No size is known of this tag.';
  return `Sizes are compressed, for linux/amd64, of ${sizeAsOf}, from docker-library/repo-info.`;
}

/** Exact: the registry said so. */
function liveLine({ digest, sizeBytes, created, user }: RemoteImage): string {
  const parts = [
    `${(sizeBytes / 1_000_000).toFixed(1)} MB to download`,
    ...(created === undefined ? [] : [`made on ${created.slice(0, 10)}`]),
    `runs as ${user ?? 'root'}`,
  ];
  return `In the registry now: ${parts.join(', ')}; \`${digest.slice(0, 19)}…\``;
}

function table(facts: ImageFacts, { today }: KnowledgeBase): string {
  const {
    sizeBytes,
    starts,
    libc,
    packageManager,
    distro,
    distroRelease,
    defaultUser,
    readyUser,
    endOfLife,
    deprecated,
  } = facts;
  const rows: [string, string][] = [];
  if (sizeBytes !== undefined) rows.push(['Size', aboutBytes(sizeBytes)]);
  if (distro !== undefined) rows.push(['Distribution', [distro, distroRelease].filter(Boolean).join(' ')]);
  if (endOfLife) {
    const isOver = today !== undefined && endOfLife.date < today;
    rows.push([
      `Security fixes of ${endOfLife.what}`,
      isOver ? `ended on ${endOfLife.date}` : `until ${endOfLife.date}`,
    ]);
  }
  const system = [
    ...(libc === undefined ? [] : [libc]),
    ...(packageManager === undefined ? [] : [`packages by ${packageManager}`]),
    ...(distro === 'distroless' ? ['no shell'] : []),
  ];
  if (system.length > 0) rows.push(['System', system.join(', ')]);
  if (defaultUser !== undefined)
    rows.push([
      'User',
      readyUser === undefined || readyUser === defaultUser
        ? defaultUser
        : `${defaultUser}; \`${readyUser}\` is there to switch to`,
    ]);
  if (starts !== undefined) rows.push(['Starts', `\`${starts}\``]);
  if (deprecated)
    rows.push(['Deprecated', deprecated.reason + (deprecated.successor ? `; use ${deprecated.successor}` : '')]);
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

/** Tags of the same version with less in them, the smallest last. */
function smaller({ repository, tag }: ImageReference, { sizeBytes }: ImageFacts, knowledge: KnowledgeBase): string[] {
  const version = /^v?\d+(?:\.\d+)*/.exec(tag ?? '')?.[0];
  if (sizeBytes === undefined || version === undefined) return [];
  const found = knowledge
    .tags(repository)
    .filter(
      (other) =>
        new RegExp(`^${version.replaceAll('.', '\\.')}(?![\\d.])`).test(other.tag) &&
        (other.facts.sizeBytes ?? sizeBytes) < sizeBytes,
    )
    .sort((a, b) => (b.facts.sizeBytes ?? 0) - (a.facts.sizeBytes ?? 0));
  if (found.length === 0) return [];
  const items = found.map((other) => {
    const note = other.facts.variant === 'alpine' ? ' (another C library)' : '';
    return `- \`${other.tag}\`: ${aboutBytes(other.facts.sizeBytes ?? 0)}${note}`;
  });
  return [`Smaller:\n${items.join('\n')}`];
}
