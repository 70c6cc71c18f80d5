/** So often is the plain work done before and after each one that is measured. */
const PLAIN_RUNS = 2;

/** What any machine does in some milliseconds: words of a text are found, counted and put in order. */
function plainWork(): number {
  const words = new Map<string, number>();
  const text = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl git\n'.repeat(1600);
  for (const [word] of text.matchAll(/[\w:.-]+/g)) words.set(`${word}${words.size % 50}`, text.length);
  return [...words.keys()].sort().join().length;
}

/** Time of the processor and not of the clock, so that a busy machine counts as little as can be. */
async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/**
 * How much of the processor a work takes, in plain works that are done right before and after it. As no test may assert
 * a time, for machines differ and are busy, this bounds what would otherwise grow with the square of a text, or never end.
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
