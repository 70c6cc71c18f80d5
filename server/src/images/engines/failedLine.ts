import { parseDockerfile } from '../../dockerfile/parse';
import { createLineIndex } from '../../text/lineIndex';

/** `Dockerfile:12` above the excerpt that BuildKit shows of the failed instruction. */
const BUILDKIT = /^Dockerfile:(\d+)\r?\n-{4,}/gm;
/** `building at STEP "RUN make": …` from buildah and podman. */
// Bounded: a path, or a word of a report or of an answer.
const BUILDAH = /building at STEP "(.+?)": /g;
/** `Step 3/5 : RUN make` from Docker's classic builder. */
const CLASSIC = /^Step \d+\/\d+ : (.+)$/gm;

/** The 0-based line of the failed instruction, if the build output identifies it without doubt. */
export function failedLine(output: string, dockerfile: string): number | undefined {
  const line = last(output, BUILDKIT);
  if (line !== undefined) return Number(line) - 1;
  const step = last(output, BUILDAH) ?? last(output, CLASSIC);
  if (step === undefined) return undefined;
  const lines = createLineIndex(dockerfile);
  const alike = parseDockerfile(dockerfile).instructions.filter(
    ({ span }) => plain(dockerfile.slice(span.start, span.end)) === plain(step),
  );
  const [only] = alike;
  return only && alike.length === 1 ? lines.positionAt(only.span.start).line : undefined;
}

function last(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}

/** Removes differences in how engines show an instruction: they join its lines and write the exec form as words. */
function plain(text: string): string {
  return text.replace(/[\s\\"'[\],]+/g, ' ').trim();
}
