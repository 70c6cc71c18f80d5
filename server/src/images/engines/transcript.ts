/** What a build writes: passed on, its end kept, and the images in it that the build has made. */
export interface Transcript {
  add(text: string): void;
  /** The end of it. */
  text(): string;
  /** Ids of images of single steps, in the order in which they were made; none that came from the cache. */
  madeImages(): string[];
}

const KEPT = 64 * 1024;
/** A build that never stops writing is not shown to its end. */
const PASSED_ON = 16 * 1024 * 1024;
/** ` ---> 3f5a…` of the classic builder, `--> 3f5a…` of buildah; after `Using cache` it is not new. */
const STEP_IMAGE = /^ ?-{2,3}> ([0-9a-f]{11,64})$/;
const STEP_CACHED = /^ ?-{2,3}> Using cache/;
const STEP = /^(?:\[\d+\/\d+\] )?STEP \d|^Step \d/;

export function createTranscript(onOutput: ((text: string) => void) | undefined): Transcript {
  let tail = '';
  let line = '';
  let passedOn = 0;
  let isCached = true;
  const made: string[] = [];
  const look = (one: string): void => {
    const text = one.trimEnd();
    // The image of a FROM is nobody's step.
    if (STEP.test(text)) isCached = /(?:: FROM |: FROM$)/.test(text);
    else if (STEP_CACHED.test(text)) isCached = true;
    const id = STEP_IMAGE.exec(text)?.[1];
    if (id !== undefined && !isCached) made.push(id);
  };
  return {
    add(text) {
      tail = (tail + text).slice(-KEPT);
      const lines = (line + text).split('\n');
      line = (lines.pop() ?? '').slice(-KEPT);
      lines.forEach(look);
      if (passedOn < PASSED_ON) onOutput?.(text);
      passedOn += text.length;
    },
    text: () => tail,
    madeImages: () => [...made],
  };
}
