import type { Span } from '../text/span';
import { hubName } from './hubName';
import type { ImageReference } from './model';

const REFERENCE =
  /^(?<name>[a-zA-Z0-9][a-zA-Z0-9._\-/]*(?::[0-9]+\/[a-zA-Z0-9._\-/]+)?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-fA-F0-9]{32,}))?$/;

/**
 * Reads an image reference by Docker's reference grammar.
 * @param text the reference with its variables expanded
 * @param span its position in the document
 * @param isLiteral false when a variable is part of it
 * @returns undefined when the text is not a reference
 */
export function parseImageReference(text: string, span: Span, isLiteral: boolean): ImageReference | undefined {
  const groups = REFERENCE.exec(text)?.groups;
  const name = groups?.['name'];
  if (!groups || name === undefined || name.endsWith('/') || name.includes('//')) return undefined;
  const { registry, repository } = splitName(name);
  if (repository === '' || repository !== repository.toLowerCase()) return undefined;
  const tag = groups['tag'];
  const digest = groups['digest'];
  const isContiguous = isLiteral && span.end - span.start === text.length;
  const tagStart = span.start + name.length + 1;
  return {
    ...(registry === undefined ? {} : { registry }),
    repository,
    name: hubName(registry, repository),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    span,
    ...(tag !== undefined && isContiguous ? { tagSpan: { start: tagStart, end: tagStart + tag.length } } : {}),
    isLiteral,
  };
}

/** The first part is a registry when it looks like a host: a dot, a port, or `localhost`. */
function splitName(name: string): { registry?: string; repository: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost' || first !== first.toLowerCase();
  const repository = isHost ? name.slice(slash + 1) : name;
  const isHub = !isHost || first === 'docker.io' || first === 'index.docker.io';
  return {
    ...(isHost ? { registry: first } : {}),
    repository: isHub && repository.startsWith('library/') ? repository.slice('library/'.length) : repository,
  };
}

/** The reference as passed to a program. */
export function imageText(image: Pick<ImageReference, 'registry' | 'repository' | 'tag' | 'digest'>): string {
  const { registry, repository, tag, digest } = image;
  const name = registry === undefined ? repository : `${registry}/${repository}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
