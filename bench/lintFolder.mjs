import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Wall time and the most memory of one process that lints a folder. */
export async function lintFolder(cli, folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-memory-'));
  const report = join(scratch, 'rss');
  const hook = `process.on('exit',()=>require('fs').writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`;
  const start = performance.now();
  const child = spawn(
    process.execPath,
    ['-e', `${hook};process.argv.splice(1,0,'cli');require(${JSON.stringify(cli)})`, 'lint', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  child.stdout.resume();
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Number(readFileSync(report, 'utf8')) / 1024;
  rmSync(scratch, { recursive: true });
  return { seconds, megabytes };
}
