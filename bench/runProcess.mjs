import { spawn } from 'node:child_process';
import { memoryOf, processorSecondsOf } from './memory.mjs';

const LOOK_EVERY_MS = 20;

/** Wall time, processor time and peak memory of one process; its output is discarded. */
export async function runProcess(program, args) {
  const start = performance.now();
  const child = spawn(program, args, { stdio: 'ignore' });
  let bytes;
  let processorSeconds;
  const looking = setInterval(() => {
    bytes = memoryOf(child.pid, 'VmHWM') || bytes;
    processorSeconds = processorSecondsOf(child.pid) || processorSeconds;
  }, LOOK_EVERY_MS);
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(looking);
  return { seconds: (performance.now() - start) / 1000, processorSeconds, bytes };
}
