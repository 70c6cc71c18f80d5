import type { ImageReference } from '../dockerfile/model';
import families from './data/families.json';
import sizes from './data/sizes.json';
import { type FactsOf, factsOfFamily } from './facts';
import type { Family } from './family';
import type { ImageFacts, KnowledgeBase } from './knowledgeBase';

/** Docker Hub under other names, and mirrors of it. */
const HUBS = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com', 'mirror.gcr.io'];
/** Amazon's gallery has the official images in a folder. */
const GALLERY = { registry: 'public.ecr.aws', folder: 'docker/library/' };

const SIZES = new Map(Object.entries(sizes).map(([image, { bytes }]) => [image, bytes]));

/** The facts that come with the extension. Pure: the data is part of the bundle. */
export function createKnowledgeBase(): KnowledgeBase {
  const byName = new Map<string, FactsOf>();
  /** Many rules ask of the same FROM. */
  const known = new WeakMap<ImageReference, ImageFacts | null>();
  for (const family of families.families as readonly Family[]) {
    const factsOf = factsOfFamily(family, (name, tag) => SIZES.get(`${name}:${tag}`));
    for (const name of family.names) byName.set(name, factsOf);
  }
  return {
    asOf: families.asOf,
    image(reference) {
      let facts = known.get(reference);
      if (facts === undefined) {
        const name = nameOf(reference);
        facts = byName.get(name)?.(name, reference) ?? null;
        known.set(reference, facts);
      }
      return facts ?? undefined;
    },
  };
}

/** `python`, `gcr.io/distroless/static`: as the data names images. */
function nameOf({ registry, repository }: ImageReference): string {
  if (registry === undefined) return repository;
  if (HUBS.includes(registry)) return repository.replace(/^library\//, '');
  if (registry === GALLERY.registry && repository.startsWith(GALLERY.folder)) {
    return repository.slice(GALLERY.folder.length);
  }
  return `${registry}/${repository.replace(/-debian\d+$/, '')}`;
}
