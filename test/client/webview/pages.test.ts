import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedBrowser, launchBrowser } from '../../../scripts/browser.mjs';
import type { Report } from '../../../server/src/protocol';
import { REPORTS, THEMES } from './reports';

const root = resolve(import.meta.dirname, '../../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const japanese = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.ja.json'), 'utf8'));
/** Rows and cells say in one sentence what their parts show, in another order than these stand. */
const RUN = "axe.run({ rules: { 'label-content-name-mismatch': { enabled: false } } })";
const browserPath = installedBrowser();

describe.skipIf(browserPath === undefined)('the pages of reports in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  const file = join(folder, 'page.html');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(file, `${readFileSync(join(root, 'dist/reportView.html'), 'utf8')}</script>`);
    browser = await launchBrowser(browserPath);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (width: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.addInitScript(`globalThis.sent = [];
      globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => void sent.push(message) });`);
    await page.goto(pathToFileURL(file).href);
    return page;
  };
  const show = async (page: Page, report: Report, language = 'en'): Promise<void> => {
    const data = { language, texts: language === 'ja' ? japanese : {}, report };
    await page.evaluate((message) => postMessage(message, '*'), data);
    // The message comes first, then the rows are drawn.
    await page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(done), 0))');
  };
  const sent = (page: Page) => page.evaluate('sent.filter(({ type }) => type !== "ready")');
  const reportOf = (kind: Report['kind']): Report => {
    const found = REPORTS.find((report) => report.kind === kind);
    if (!found) throw new Error(kind);
    return found;
  };

  it.each(Object.entries(THEMES))('have names, roles and contrast in %s', async (theme, colors) => {
    const page = await open(1280);
    await page.evaluate(axe);
    await page.evaluate(
      ([name, values]) => {
        document.body.className = name;
        for (const [key, value] of Object.entries(values))
          document.documentElement.style.setProperty(`--vscode-${key}`, value);
      },
      [theme, colors] as const,
    );
    for (const report of REPORTS) {
      await show(page, report);
      const { violations } = (await page.evaluate(RUN)) as AxeResults;
      const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => [id, html, any[0]?.message]));
      expect(told, report.kind).toEqual([]);
    }
    await page.close();
  });

  it.each([
    ['en', 700],
    ['ja', 700],
    // Beside the explorer of a window of 700 pixels.
    ['ja', 350],
  ] as const)('fit, in %s, into %i pixels', async (language, width) => {
    const page = await open(width);
    for (const report of REPORTS) {
      await show(page, report, language);
      expect(await page.evaluate('document.documentElement.scrollWidth'), report.kind).toBeLessThanOrEqual(width);
    }
    await show(page, reportOf('check'), language);
    const widths = await page.$$eval('.heads > *', (heads) => heads.map((head) => head.scrollWidth - head.clientWidth));
    expect(widths).toEqual(widths.map(() => 0));
    await page.close();
  });

  it('group findings by file, with what can be done with each', async () => {
    const page = await open(1280);
    await show(page, reportOf('check'));
    expect(await page.locator('.group').allInnerTexts()).toEqual([
      expect.stringMatching(/production\.Dockerfile\s+3\s+Fix\s+Optimize/),
      expect.stringMatching(/^web\/Dockerfile\s+1\s+Optimize$/),
    ]);
    await page.getByRole('button', { name: 'Fix: services' }).click();
    await page.getByRole('button', { name: 'Optimize: web/Dockerfile' }).click();
    expect(await sent(page)).toEqual([
      { type: 'fix', uri: 'file:///shop/Dockerfile' },
      { type: 'optimize', uri: 'file:///shop/web' },
    ]);
    await page.close();
  });

  it('keep filters and focus when a report is shown again', async () => {
    const page = await open(1280);
    await show(page, reportOf('check'));
    await page.getByRole('button', { name: /Warning/ }).click();
    await page.getByRole('checkbox').uncheck();
    await page.getByRole('searchbox').fill('orders');
    await show(page, reportOf('check'));
    expect(await page.getByRole('status').textContent()).toBe('1 of 4');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.close();
  });

  it('draw stages that the keyboard reaches, and give the drawing to be saved', async () => {
    const page = await open(1280);
    await show(page, reportOf('graph'));
    await page.getByRole('button', { name: 'build, python:3.12' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stage 2 takes from build: /venv' }).press(' ');
    await page.getByRole('listitem').getByRole('button', { name: 'test' }).click();
    await page.getByRole('button', { name: 'Save Report…' }).click();
    const messages = (await sent(page)) as { line?: number; svg?: string }[];
    expect(messages.slice(0, 3).map(({ line }) => line)).toEqual([0, 10, 6]);
    const { svg = '' } = messages[3] ?? {};
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('test (not built)');
    await page.goto(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    expect(await page.evaluate('document.documentElement.tagName')).toBe('svg');
    await page.close();
  });
});
