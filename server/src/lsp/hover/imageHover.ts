import { imageName } from '../../dockerfile/imageName';
import type { ImageReference, Stage } from '../../dockerfile/model';
import type { Engine } from '../../engine/engine';
import type { ImageFacts, KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { Localize } from '../../l10n/localize';
import type { RemoteImage } from '../../registry/registry';
import { exactBytes, sizeText } from '../../text/byteText';
import { aboutSize } from '../aboutSize';
import type { RegistryLookups } from '../registryLookups';

/** Facts about the image of a FROM, as markdown; undefined when there are none. */
export function imageHover(
  { base }: Stage,
  { knowledge, localize }: Engine,
  lookups: RegistryLookups | undefined,
): string | undefined {
  if (base.kind !== 'image') return undefined;
  const { image } = base;
  const facts = knowledge.image(image);
  const live = lookups?.of(image).image;
  const title = `**${image.registry === undefined ? '' : `${image.registry}/`}${imageName(image)}**`;
  if (!facts) return live && [title, liveLine(live, localize)].join('\n\n');
  const lines = [
    title,
    ...(live ? [liveLine(live, localize)] : []),
    table(facts, knowledge, localize),
    ...smaller(image, facts, knowledge, localize),
    `*${sourceOf(facts, localize)}*`,
  ];
  return lines.join('\n\n');
}

function sourceOf({ sizeBytes, sizeAsOf = '', source }: ImageFacts, localize: Localize): string {
  return sizeBytes === undefined
    ? localize('Size unknown for this tag. Other facts: {source}', { source })
    : localize('Compressed sizes for linux/amd64 as of {asOf}, from docker-library/repo-info. Other facts: {source}', {
        asOf: sizeAsOf,
        source,
      });
}

/** Exact, because the registry reported it. */
function liveLine({ digest, sizeBytes, created, user = 'root' }: RemoteImage, localize: Localize): string {
  const data = { size: exactBytes(sizeBytes), user, digest: `${digest.slice(0, 19)}…` };
  return created === undefined
    ? localize('In the registry now: {size} to download, runs as {user}; `{digest}`', data)
    : localize('In the registry now: {size} to download, created on {date}, runs as {user}; `{digest}`', {
        ...data,
        date: created.slice(0, 10),
      });
}

function table(facts: ImageFacts, { today }: KnowledgeBase, localize: Localize): string {
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
  if (sizeBytes !== undefined) rows.push([localize('Size'), aboutSize(localize, sizeBytes)]);
  if (distro !== undefined) rows.push([localize('Distribution'), [distro, distroRelease].filter(Boolean).join(' ')]);
  if (endOfLife) {
    const isOver = today !== undefined && endOfLife.date < today;
    rows.push([
      localize('Security fixes for {what}', { what: endOfLife.what }),
      isOver
        ? localize('ended on {date}', { date: endOfLife.date })
        : localize('until {date}', { date: endOfLife.date }),
    ]);
  }
  const system = [
    ...(libc === undefined ? [] : [libc]),
    ...(packageManager === undefined ? [] : [localize('package manager: {packageManager}', { packageManager })]),
    ...(distro === 'distroless' ? [localize('no shell')] : []),
  ];
  if (system.length > 0) rows.push([localize('System'), system.join(localize(', '))]);
  if (defaultUser !== undefined)
    rows.push([
      localize('User'),
      readyUser === undefined || readyUser === defaultUser
        ? defaultUser
        : localize('{user}; you can switch to `{other}`', { user: defaultUser, other: readyUser }),
    ]);
  if (starts !== undefined) rows.push([localize('Starts'), `\`${starts}\``]);
  if (deprecated) rows.push([localize('Deprecated'), deprecation(deprecated, localize)]);
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

/** Tags of the same version with less content, the smallest last. */
function smaller(
  { name, tag }: ImageReference,
  { sizeBytes }: ImageFacts,
  knowledge: KnowledgeBase,
  localize: Localize,
): string[] {
  const version = /^v?\d+(?:\.\d+)*/.exec(tag ?? '')?.[0];
  if (sizeBytes === undefined || version === undefined) return [];
  const found = knowledge
    .tags(name)
    .filter(
      (other) =>
        new RegExp(`^${version.replaceAll('.', '\\.')}(?![\\d.])`).test(other.tag) &&
        (other.facts.sizeBytes ?? sizeBytes) < sizeBytes,
    )
    .sort((a, b) => (b.facts.sizeBytes ?? 0) - (a.facts.sizeBytes ?? 0));
  if (found.length === 0) return [];
  const items = found.map((other) => {
    const data = { tag: other.tag, size: sizeText(other.facts.sizeBytes ?? 0) };
    return other.facts.variant === 'alpine'
      ? localize('- `{tag}`: about {size} (different C library)', data)
      : localize('- `{tag}`: about {size}', data);
  });
  return [`${localize('Smaller:')}\n${items.join('\n')}`];
}

function deprecation({ reason, successor }: NonNullable<ImageFacts['deprecated']>, localize: Localize): string {
  return successor === undefined ? reason : localize('{reason}; use {successor}', { reason, successor });
}
