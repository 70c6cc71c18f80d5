/** Takes the README's pictures in a real VS Code with the packaged extension: images/screenshot-*.png. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
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

async function picture(page, name) {
  const path = join(root, `images/screenshot-${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(path);
}
