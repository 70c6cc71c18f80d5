import type { Site } from '../../app/site';
import { type Phrase, phrase } from '../../l10n/phrase';
import { writtenImage } from './runtimeImage';

/** What may be missing for compiled packages: libraries of a larger image, or those behind build packages. */
export function libraryRisk(site: Site, runtimeImage: string): Phrase {
  return runtimeImage === writtenImage(site)
    ? phrase('A library that only a package of the build stage has brought along is missing at run time.')
    : phrase('A package linked against a library that only the full image has does not load.');
}
