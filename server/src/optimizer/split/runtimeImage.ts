import type { Site } from '../../app/site';
import { repositoryName } from '../../dockerfile/imageName';
import { escapePattern } from '../../text/pattern';

/** The runtime image: the slim image of the same version, or the same image if there is none. */
export function smallerImage(site: Site): string | undefined {
  const { facts, stage } = site;
  if (stage.base.kind !== 'image' || !isTold(site)) return undefined;
  if (facts.distro !== 'debian' && facts.distro !== 'ubuntu') return undefined;
  const written = writtenImage(site);
  const { tag, digest } = stage.base.image;
  if (digest !== undefined) return facts.variant === 'slim' ? written : undefined;
  if (stage.base.image.name === 'debian') return slimDebian(written, tag);
  if (!facts.smaller) return written;
  if (!written.endsWith(tag ?? '')) return slimOfVariable(site, written);
  const name = tag === undefined ? written : written.slice(0, -tag.length - 1);
  return facts.smaller.isSameDistro ? `${name}:${facts.smaller.tag}` : written;
}

/**
 * The runtime image for an interpreted program. On Alpine it stays the same: those images are small, and their package
 * names differ from other distributions.
 */
export function runtimeImageOf(site: Site): string | undefined {
  const { facts, stage } = site;
  if (facts.distro !== 'alpine') return smallerImage(site);
  return stage.base.kind === 'image' && isTold(site) ? writtenImage(site) : undefined;
}

/** A variable at the start of an image's name. */
const VARIABLE = /^\$(?:\w{1,99}|\{[^{}]{1,200}\})/;

/**
 * True if the file itself names the image, even if a variable sets its registry or its tag: `${REGISTRY}/node:20`,
 * `node:${VERSION}`.
 */
export function isTold(site: Site): boolean {
  const { stage } = site;
  if (stage.base.kind !== 'image') return false;
  return stage.base.image.isLiteral || /^\/?\w[\w./-]*(?:[:@]|$)/.test(writtenImage(site).replace(VARIABLE, ''));
}

/** With the variable that sets the registry in the place of its value. */
export function withRegistryVariable(site: Site, image: string): string {
  const { base } = site.stage;
  const written = writtenImage(site);
  const [variable] = VARIABLE.exec(written) ?? [];
  const [rest] = /^[^:@$]+/.exec(written.slice(variable?.length)) ?? [];
  const full = base.kind === 'image' ? repositoryName(base.image) : '';
  if (variable === undefined || rest === undefined || !full.endsWith(rest)) return image;
  const value = full.slice(0, -rest.length);
  return value !== '' && image.startsWith(value) ? variable + image.slice(value.length) : image;
}

/** `node:${VERSION}` → `node:${VERSION}-slim`, for any version. */
function slimOfVariable({ facts, stage }: Site, written: string): string | undefined {
  const { tag = '' } = stage.base.kind === 'image' ? stage.base.image : {};
  const slim = facts.smaller?.tag ?? '';
  return facts.smaller?.isSameDistro && tag !== '' && slim.startsWith(`${tag}-`)
    ? written + slim.slice(tag.length)
    : undefined;
}

/** The same release without documentation and translations. */
function slimDebian(written: string, tag: string | undefined): string {
  return tag !== undefined && /^(?:1[1-3]|bullseye|bookworm|trixie|stable)$/.test(tag) ? `${written}-slim` : written;
}

/**
 * Where the file takes Docker Hub's images from: `mirror.example/library/`, `${REGISTRY}/`; empty for Docker Hub itself.
 */
export function hubPlace(site: Site): string {
  const { base } = site.stage;
  const name = base.kind === 'image' ? base.image.name : '';
  const [, place = ''] = new RegExp(`^(.*?)${escapePattern(name)}(?=[:@]|$)`).exec(writtenImage(site)) ?? [];
  return place;
}

export function writtenImage({ dockerfile, stage }: Site): string {
  const span = stage.from.args[0]?.span ?? stage.from.span;
  return dockerfile.text.slice(span.start, span.end);
}
