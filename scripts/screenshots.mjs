/**
 * npm run screenshots [-- --only en,ja]
 * Takes the READMEs' pictures in a real VS Code with the packaged extension: images/screenshot-*.webp. The measured
 * image is built in a Docker engine; without an engine, its pictures stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, launchBrowser } from './browser.mjs';
import { dockerEngine } from './builds/dockerEngine.mjs';
import { installDebianPackages } from './debianPackages.mjs';
import { root } from './dependencies.mjs';
import { packageExtension } from './package.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';
import { installCodeServer, startCodeServer } from './vscode/codeServer.mjs';
import { openFile, openWorkbench, runCommand } from './vscode/workbench.mjs';

/** Settings that leave more room for the Dockerfile. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.cursorBlinking': 'solid',
};
const BUILD_LIMIT_MS = 10 * 60_000;

const { values } = parseArgs({ options: { only: { type: 'string', default: 'en,ja' } } });
try {
  const { file: vsix } = packageExtension();
  const {
    path: browserPath,
    problem = installDebianPackages(['fonts-noto-cjk', 'pngquant', 'webp']) ?? installCodeServer(),
  } = findBrowser();
  if (problem) throw new Error(problem);
  const { engine, reason } = dockerEngine(['debian', 'python']);
  if (!engine) console.log(`The pictures of a measured image are left as they are: ${reason}`);
  const browser = await launchBrowser(browserPath);
  try {
    for (const language of values.only.split(',')) await takePictures({ vsix, browser, engine, language });
  } finally {
    await browser.close();
    engine?.stop();
  }
} catch (error) {
  console.error(`screenshots: ${error.message}`);
  process.exit(1);
}

async function takePictures({ vsix, browser, engine, language }) {
  const workspace = join(temporaryFolder('pictures'), 'calculator');
  cpSync(join(root, 'examples/calculator'), workspace, { recursive: true });
  const buildOptions = engine?.isLab ? ['--network=host'] : [];
  const server = await startCodeServer({
    vsix,
    folder: workspace,
    settings: { ...SETTINGS, 'dockerfileOptimizer.engine.buildOptions': buildOptions },
    language,
    environment: engine?.env,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 800 } });
    const picture = (name) => save(page, `screenshot-${name}${language === 'en' ? '' : `.${language}`}.webp`);
    await openWorkbench(page, { url: server.url, folder: workspace });
    await showFindings(page);
    await picture('editor');
    await showPlan(page);
    await picture('optimize');
    if (engine) {
      await showVerification(page);
      await picture('verify');
      await showMeasurement(page);
      await picture('measure');
    }
    await page.close();
  } finally {
    await server.stop();
  }
}

async function showFindings(page) {
  await openFile(page, 'Dockerfile');
  await page.waitForSelector('.squiggly-warning');
  await page.waitForSelector('.codelens-decoration a');
  await runCommand(page, 'View: Close Primary Side Bar');
  await page.keyboard.press('Control+Shift+M');
  await page.waitForSelector('.markers-panel .monaco-list-row');
  await page.keyboard.press('Control+1');
}

async function showPlan(page) {
  await runCommand(page, 'View: Hide Panel');
  await runCommand(page, 'Optimize Dockerfile');
  await page.waitForSelector('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert');
  await page.locator('.custom-view-tree-node-item-checkbox').first().waitFor();
  await widenSideBar(page, 420);
}

async function widenSideBar(page, width) {
  const { x, y } = await page.locator('.part.sidebar').evaluate((bar) => {
    const { right, top } = bar.getBoundingClientRect();
    return { x: right, y: top + 200 };
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(width, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(width / 2, 780);
}

/** The marks of the plan, and the report beside it. */
async function showVerification(page) {
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'Dockerfile');
  await runCommand(page, 'Optimize and Verify');
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: /Build and Run|ビルドして実行/ }).click();
  const showReport = page.locator('.notification-toast .monaco-button', { hasText: /Show Report|レポートを表示/ });
  await showReport.click({ timeout: BUILD_LIMIT_MS });
  const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await frame.locator('table').first().waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
}

/** The Dockerfile with its figures, and the report beside it. */
async function showMeasurement(page) {
  await page.setViewportSize({ width: 1360, height: 1060 });
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'View: Close Primary Side Bar');
  await openFile(page, 'Dockerfile');
  await runCommand(page, 'Compare with Optimized');
  const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await frame.locator('.treemap .cell').first().waitFor({ timeout: BUILD_LIMIT_MS });
  await page.locator('.codelens-decoration', { hasText: /measured on|に計測/ }).waitFor();
}

/** Saves with few colors, without loss: a picture of an editor needs no more, and WebP makes it a quarter smaller than PNG. */
async function save(page, name) {
  const png = join(temporaryFolder('picture'), 'picture.png');
  const path = join(root, 'images', name);
  await page.screenshot({ path: png, animations: 'disabled', caret: 'hide' });
  spawnSync('pngquant', ['--force', '--strip', '--speed=1', '--nofs', '--ext=.png', '40', png]);
  spawnSync('cwebp', ['-quiet', '-lossless', '-z', '9', png, '-o', path]);
  console.log(`${path}: ${Math.round(statSync(path).size / 1024)} KB`);
}
