import type { DockerfileModel, ImageReference } from '../dockerfile/model';
import type { Registry, RegistryAnswer, RemoteImage } from '../registry/registry';

/** More images than any handwritten file is built on. */
const MAX_IMAGES = 20;

export interface LiveFacts {
  readonly image?: RemoteImage;
  /** Also known where the image lacks the requested platform. */
  readonly platforms?: readonly string[];
  readonly tags?: readonly string[];
}

/**
 * What registries report about the images of open documents. Nothing waits for the answers: they are used once they
 * arrive.
 */
export interface RegistryLookups {
  /** Looks up all images of a document that were not looked up yet. */
  want(dockerfile: DockerfileModel): void;
  wantImage(reference: Reference): void;
  /** The answers so far. */
  of(reference: Reference): LiveFacts;
  dispose(): void;
}

type Reference = Pick<ImageReference, 'registry' | 'repository' | 'tag' | 'digest'>;

export function createRegistryLookups(
  registry: Registry,
  answered: () => void,
  tell: (message: string) => void,
): RegistryLookups {
  const images = new Map<string, RemoteImage | undefined>();
  const tags = new Map<string, readonly string[] | undefined>();
  const others = new Map<string, readonly string[]>();
  const told = new Set<string>();
  const closing = new AbortController();
  const ask = async <T>(
    known: Map<string, T | undefined>,
    key: string,
    question: () => Promise<RegistryAnswer<T>>,
  ): Promise<void> => {
    if (known.has(key)) return;
    known.set(key, undefined);
    const answer = await question();
    if (closing.signal.aborted) return;
    if (answer.ok) {
      known.set(key, answer.value);
      answered();
      return;
    }
    if (answer.platforms) {
      others.set(key, answer.platforms);
      answered();
    }
    if (!told.has(answer.reason)) {
      told.add(answer.reason);
      tell(`${key}: ${answer.reason}`);
    }
  };
  const wantImage = (reference: Reference): void => {
    void ask(images, imageKey(reference), () => registry.image(reference, closing.signal));
  };
  return {
    want({ stages }) {
      const references = stages.flatMap(({ base }) =>
        base.kind === 'image' && base.image.isLiteral ? [base.image] : [],
      );
      for (const reference of references.slice(0, MAX_IMAGES)) {
        wantImage(reference);
        // A tag that is not a version has no newer one.
        if (/\d/.test(reference.tag ?? ''))
          void ask(tags, nameOf(reference), () => registry.tags(reference, closing.signal));
      }
    },
    wantImage,
    of(reference) {
      const [image, list] = [images.get(imageKey(reference)), tags.get(nameOf(reference))];
      const platforms = image ? image.platforms : others.get(imageKey(reference));
      return { ...(image ? { image } : {}), ...(platforms ? { platforms } : {}), ...(list ? { tags: list } : {}) };
    },
    dispose: () => closing.abort(),
  };
}

function nameOf({ registry, repository }: Reference): string {
  return registry === undefined ? repository : `${registry}/${repository}`;
}

function imageKey(reference: Reference): string {
  const { tag, digest } = reference;
  return `${nameOf(reference)}:${digest ?? tag ?? 'latest'}`;
}
