/** The output of a build: passes it on, keeps its last part, and collects the images that the build has made. */
export interface Transcript {
  add(text: string): void;
  /** The last part of the output. */
  text(): string;
  /** Ids of the images of single steps, in build order; without images from the cache. */
  madeImages(): string[];
}

const KEPT = 64 * 1024;
/** The limit on output that is passed on, for builds that never stop writing. */
const PASSED_ON = 16 * 1024 * 1024;
/** ` ---> 3f5a…` from the classic builder, `--> 3f5a…` from buildah; after `Using cache` it is not new. */
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
    // The image of a FROM was not made by a step.
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
