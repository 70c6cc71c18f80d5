/** Takes the README's pictures in a real VS Code with the packaged extension: images/screenshot-*.png. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureReport } from '../test/web/reports.mjs';
import { findBrowser, launchBrowser } from './browser.mjs';
import { root } from './dependencies.mjs';
import { packageExtension } from './package.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';
import { installCodeServer, startCodeServer } from './vscode/codeServer.mjs';
import { openFile, openWorkbench, runCommand } from './vscode/workbench.mjs';

/** What makes room for the Dockerfile. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
};

try {
  const { file } = packageExtension();
  const { path: browserPath, problem = installCodeServer() } = findBrowser();
  if (problem) throw new Error(problem);
  const workspace = temporaryFolder('pictures');
  cpSync(join(root, 'examples/calculator'), workspace, { recursive: true });
  const server = await startCodeServer({ vsix: file, folder: workspace, settings: SETTINGS });
  const browser = await launchBrowser(browserPath);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
    await openWorkbench(page, { url: server.url, folder: workspace });
    await takePictures(page);
    await takeReportPicture(browser);
  } finally {
    await browser.close();
    await server.stop();
  }
} catch (error) {
  console.error(`screenshots: ${error.message}`);
  process.exit(1);
}

async function takePictures(page) {
  await openFile(page, 'Dockerfile');
  await page.waitForSelector('.squiggly-warning');
  await runCommand(page, 'View: Close Primary Side Bar');
  await runCommand(page, 'Problems: Focus on Problems View');
  await page.waitForSelector('.markers-panel .monaco-list-row');
  await picture(page, 'editor');

  await runCommand(page, 'View: Hide Panel');
  await runCommand(page, 'Optimize Dockerfile');
  await page.waitForSelector('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert');
  await page.waitForSelector('.notifications-toasts .notification-list-item');
  await page.locator('.custom-view-tree-node-item-checkbox').first().waitFor();
  await picture(page, 'optimize');
}

/** The page of a report, made up, in the colours of a saved page. */
async function takeReportPicture(browser) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1080 }, colorScheme: 'light' });
  const template = readFileSync(join(root, 'dist/reportView.html'), 'utf8');
  const file = join(temporaryFolder('report'), 'report.html');
  const data = JSON.stringify({ language: 'en', texts: {}, report: measureReport(5000) });
  writeFileSync(file, `${template}${data}</script>`);
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('.treemap .cell');
  await picture(page, 'measure');
}

async function picture(page, name) {
  const path = join(root, `images/screenshot-${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(path);
}
