/** How often the reference work runs before and after the measured work. */
const PLAIN_RUNS = 2;

/** The reference work takes any machine a few milliseconds: it finds, counts and sorts the words of a text. */
function plainWork(): number {
  const words = new Map<string, number>();
  const text = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl git\n'.repeat(1600);
  for (const [word] of text.matchAll(/[\w:.-]+/g)) words.set(`${word}${words.size % 50}`, text.length);
  return [...words.keys()].sort().join().length;
}

/** Processor time instead of wall time, so that a busy machine matters as little as possible. */
async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/**
 * The processor time of some work, as a multiple of reference work that runs right before and after it. No test may
 * assert a time, because machines differ and are busy. This bounds work that would otherwise grow with the square of a
 * text, or never end.
 */
export async function effortOf(work: () => unknown): Promise<number> {
  const plain: number[] = [];
  const measurePlain = async () => {
    for (let run = 0; run < PLAIN_RUNS; run++) plain.push(await processorTime(plainWork));
  };
  await measurePlain();
  const took = await processorTime(work);
  await measurePlain();
  const median = plain.sort((a, b) => a - b)[PLAIN_RUNS] ?? 0;
  return took / Math.max(median, 1);
}
