import type { Site } from '../../app/site';

/** The image that the program runs on: the slim one of the same version, or the same where there is none. */
export function smallerImage(site: Site): string | undefined {
  const { facts, stage } = site;
  if (stage.base.kind !== 'image' || !stage.base.image.isLiteral) return undefined;
  if (facts.distro !== 'debian' && facts.distro !== 'ubuntu') return undefined;
  const written = writtenImage(site);
  const { tag, digest } = stage.base.image;
  if (digest !== undefined) return facts.variant === 'slim' ? written : undefined;
  if (stage.base.image.repository === 'debian') return slimDebian(written, tag);
  if (!facts.smaller) return written;
  const name = tag === undefined ? written : written.slice(0, -tag.length - 1);
  return facts.smaller.isSameDistro ? `${name}:${facts.smaller.tag}` : written;
}

/** The image that an interpreted program runs on: Alpine's are small, and their packages know no other. */
export function runtimeImageOf(site: Site): string | undefined {
  const { facts, stage } = site;
  if (facts.distro !== 'alpine') return smallerImage(site);
  return stage.base.kind === 'image' && stage.base.image.isLiteral ? writtenImage(site) : undefined;
}

/** The same release without documentation and translations. */
function slimDebian(written: string, tag: string | undefined): string {
  return tag !== undefined && /^(?:1[1-3]|bullseye|bookworm|trixie|stable)$/.test(tag) ? `${written}-slim` : written;
}

/** The base image as the file writes it. */
export function writtenImage({ dockerfile, stage }: Site): string {
  const span = stage.from.args[0]?.span ?? stage.from.span;
  return dockerfile.text.slice(span.start, span.end);
}
