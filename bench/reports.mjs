/** Times how long the measure view takes to open: from the editor's message to the frame that shows it, in Chromium. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser, launchBrowser } from '../scripts/browser.mjs';
import { root } from '../scripts/dependencies.mjs';
import { capture } from '../scripts/process.mjs';
import { temporaryFolder } from '../scripts/temporaryFolder.mjs';
import { measureReport } from '../test/web/reports.mjs';
import { openingTime } from '../test/web/runReports.mjs';

const RUNS = 15;

const { path, problem } = findBrowser();
if (!path) {
  console.error(problem);
  process.exit(1);
}
capture('node', [join(root, 'scripts/build.mjs')]);
const template = readFileSync(join(root, 'dist/reportView.html'), 'utf8');
const file = join(temporaryFolder('reports'), 'page.html');
writeFileSync(file, `${template}</script>`);
console.log(`page: ${Math.round(template.length / 1024)} KB`);
const browser = await launchBrowser(path);
try {
  for (const files of [5_000, 50_000]) {
    const report = measureReport(files);
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      await page.addInitScript(() => {
        globalThis.acquireVsCodeApi = () => ({ postMessage() {} });
      });
      await page.goto(pathToFileURL(file).href);
      times.push(await page.evaluate(openingTime, { language: 'en', texts: {}, report }));
      await page.close();
    }
    times.sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.floor(share * (times.length - 1))]);
    console.log(`${files} files: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
  }
} finally {
  await browser.close();
}
