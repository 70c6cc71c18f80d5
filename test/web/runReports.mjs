import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../scripts/browser.mjs';
import { root } from '../../scripts/dependencies.mjs';
import {
  checkReport,
  HOSTILE,
  hostileMeasurement,
  measurement,
  measureReport,
  scan,
  scansReport,
  verifyReport,
} from './reports.mjs';
import { savedReport } from './savedReport.mjs';

/** As many times longer may fifty times as many files take to open: npm run bench has the figure itself. */
const MAX_OPEN_RATIO = 25;

/** Draws reports in a real browser and uses them with the keyboard; each check is a name and whether it held. */
export async function runReports({ browserPath }) {
  const template = readFileSync(join(root, 'dist/reportView.html'), 'utf8');
  let saved = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/saved' ? saved : `${template}</script>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const browser = await launchBrowser(browserPath);
  const checks = [];
  const check = async (name, act) => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.isNavigationRequest()) complaints.push(request.url());
    });
    try {
      await act(page);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      checks.push({ name, holds: true });
    } catch (error) {
      checks.push({ name, holds: false, detail: error.message });
    } finally {
      await page.close();
    }
  };
  /** As the editor shows it: a message brings the report, others come back. */
  const openInEditor = async (page, report, texts = {}) => {
    await page.addInitScript(() => {
      globalThis.sent = [];
      globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => globalThis.sent.push(message) });
    });
    await page.goto(url);
    await page.evaluate((data) => postMessage(data, '*'), { language: 'en', texts, report });
    await page.locator('main').waitFor();
  };
  const openSaved = async (page, report) => {
    const data = JSON.stringify({ language: 'en', texts: {}, report }).replaceAll('<', '\\u003c');
    saved = `${template}${data}</script>\n`;
    await page.goto(`${url}/saved`);
    await page.locator('main').waitFor();
  };
  const sent = (page) => page.evaluate(() => globalThis.sent.filter(({ type }) => type !== 'ready'));

  try {
    const how = { check, openInEditor, openSaved, sent };
    await measureChecks(how);
    await scanChecks(how);
    await verifyChecks(how);
    await checkAllChecks(how);
    return checks;
  } finally {
    await browser.close();
    server.close();
  }
}

function equal(actual, expected) {
  const [one, two] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== two) throw new Error(`${one} is not ${two}`);
}

async function measureChecks({ check, openInEditor, openSaved, sent }) {
  const layers = (page, name = 'Layers') => page.getByRole('tree', { name }).getByRole('treeitem');
  const baseImage = (page) => layers(page).filter({ hasText: '2 layers' });
  const tree = (page) => page.getByRole('tree', { name: 'Files' });
  const activeRow = (page) =>
    tree(page).evaluate((list) => document.getElementById(list.getAttribute('aria-activedescendant'))?.ariaLabel);

  await check('measure: layers, totals, areas and files are drawn', async (page) => {
    await openInEditor(page, measureReport(2000));
    equal(await page.title(), 'Measured: calculator/Dockerfile');
    equal(await layers(page).count(), 7);
    equal(await page.locator('.figure dt').allTextContents(), [
      'Image size',
      'Compressed',
      'Wasted',
      'Leftover caches',
      'Layers',
      'Files',
    ]);
    await page.locator('.treemap .cell').first().waitFor();
    await tree(page).getByRole('treeitem').first().waitFor();
  });
  await check('measure: layers are chosen with the arrow keys, Enter goes to the line', async (page) => {
    await openInEditor(page, measureReport(2000));
    await layers(page).first().focus();
    for (let times = 0; times < 2; times++) await page.keyboard.press('ArrowDown');
    equal(await page.locator('.contents h2').textContent(), 'Layer 3');
    equal(await page.locator('.layer[aria-selected="true"]').count(), 1);
    await page.keyboard.press('Enter');
    equal(await sent(page), [{ type: 'jump', line: 2 }]);
  });
  await check(
    'measure: the layers of the base image are behind one row, opened by a click or the keyboard',
    async (page) => {
      await openInEditor(page, measureReport(2000));
      equal(await baseImage(page).getAttribute('aria-expanded'), 'false');
      await baseImage(page).click();
      equal(await layers(page).count(), 9);
      await layers(page).nth(2).click();
      equal(await page.locator('.contents h2').textContent(), 'Layer 1');
      await page.keyboard.press('ArrowLeft');
      equal(await page.evaluate(() => document.activeElement.classList.contains('group')), true);
      await page.keyboard.press('ArrowLeft');
      equal(await layers(page).count(), 7);
      await page.keyboard.press('ArrowRight');
      equal(await baseImage(page).getAttribute('aria-expanded'), 'true');
    },
  );
  await check('measure: a click on the line goes there, on a layer of the base image nowhere', async (page) => {
    await openInEditor(page, measureReport(2000));
    await page.getByText('line 6').click();
    await baseImage(page).click();
    await layers(page).nth(2).click();
    equal(await sent(page), [{ type: 'jump', line: 5 }]);
  });
  await check('measure: the tree is opened and closed with the keyboard, as trees are', async (page) => {
    await openInEditor(page, measureReport(2000));
    await tree(page).focus();
    await page.keyboard.press('End');
    const last = await activeRow(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    if ((await activeRow(page)) === last) throw new Error(`still at ${last}`);
    await page.keyboard.press('ArrowLeft');
    equal(await activeRow(page), last);
    await page.keyboard.press('ArrowLeft');
    equal(await tree(page).locator('.row[aria-selected="true"]').getAttribute('aria-expanded'), 'false');
  });
  await check('measure: files are filtered by text and by waste', async (page) => {
    await openInEditor(page, measureReport(2000));
    const count = page.locator('.contents [role="status"]');
    await page.getByRole('searchbox').fill('FILE-77.');
    await count.filter({ hasText: '1 file,' }).waitFor();
    await tree(page)
      .getByRole('treeitem', { name: /file-77\./ })
      .waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Only wasted files').check();
    const { states } = measureReport(2000).before.files;
    await count.filter({ hasText: `${states.filter((state) => state > 0).length} files` }).waitFor();
    await page.getByRole('searchbox').fill('no such file');
    await page.getByText('No files').waitFor();
  });
  await check('measure: areas are walked with the arrow keys, entered and left', async (page) => {
    await openInEditor(page, measureReport(2000));
    const area = page.locator('.treemap');
    await area.locator('.cell[tabindex="0"]').focus();
    const focused = () => page.evaluate(() => document.activeElement.ariaLabel);
    const before = await focused();
    await page.keyboard.press('ArrowRight');
    if ((await focused()) === before) throw new Error('the focus did not move');
    await page.keyboard.press('ArrowLeft');
    equal(await area.locator('.cell[tabindex="0"]').count(), 1);
    await area.locator('.cell.frame').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.path [aria-current]').filter({ hasText: 'usr' }).waitFor();
    await page.keyboard.press('Backspace');
    await page.locator('.path [aria-current]').filter({ hasText: '/' }).waitFor();
  });
  await check('measure: two images stand beside each other, with what has changed', async (page) => {
    const after = measurement(500, { seed: 9, scale: 0.5, image: 'calculator:optimized' });
    await openInEditor(page, measureReport(2000, { after, estimate: { before: 9e8, after: 2e8 } }));
    equal(await page.getByRole('tree', { name: /Layers/ }).count(), 2);
    await page
      .getByRole('row', { name: /Image size/ })
      .filter({ hasText: 'about 900 MB → 200 MB' })
      .waitFor();
    await layers(page, 'Layers: Optimized').nth(2).click();
    equal(await page.locator('.contents h2').textContent(), 'Optimized: Layer 3');
    equal(await page.locator('.layer[aria-selected="true"]').count(), 1);
  });
  await check('measure: hostile names are shown as they are and do nothing', async (page) => {
    const report = { kind: 'measure', name: HOSTILE[0], before: hostileMeasurement() };
    await openSaved(page, report);
    equal(await page.evaluate(() => globalThis.isHit), undefined);
    equal(await page.locator('img, main script, iframe, main [onerror]').count(), 0);
    await tree(page).focus();
    await tree(page).getByText(`${HOSTILE[0]}/`, { exact: true }).waitFor();
    await tree(page).getByText('\\u202egnp.exe/', { exact: true }).waitFor();
    await tree(page).getByText('__proto__/', { exact: true }).waitFor();
  });
  await check('measure: a saved page works alone, without what only an editor can do', async (page) => {
    await openSaved(page, measureReport(2000));
    equal(await page.getByRole('button', { name: 'Save Report…' }).count(), 0);
    equal(await page.locator('.jump').count(), 0);
    await layers(page).nth(2).click();
    equal(await page.locator('.contents h2').textContent(), 'Layer 3');
  });
  await check('measure: the page of the command line opens from the disk, hostile names are texts', async (page) => {
    const { path, names } = await savedReport();
    await page.goto(pathToFileURL(path).href);
    await tree(page).waitFor();
    // The whole image, and each of its layers.
    equal(await layers(page).count(), 3);
    equal(await page.evaluate(() => globalThis.isHit), undefined);
    equal(await page.locator('img, main script, iframe, main [onerror]').count(), 0);
    await tree(page).focus();
    await page.keyboard.press('ArrowRight');
    for (const name of names.slice(0, 1)) await tree(page).getByText(name, { exact: true }).waitFor();
    await page
      .locator('.contents [role="status"]')
      .filter({ hasText: `${names.length} files` })
      .waitFor();
  });
  await check('measure: texts come with the report', async (page) => {
    await openInEditor(page, measureReport(100), { 'Image size': 'イメージのサイズ', 'line {0}': '{0} 行目' });
    await page.getByText('イメージのサイズ').waitFor();
    await page.getByText('3 行目').waitFor();
  });
  await check('measure: 50,000 files open as 1,000 do, but for their number', async (page) => {
    await openInEditor(page, measureReport(10));
    const openings = async (files) => {
      const report = measureReport(files);
      const times = [];
      for (let run = 0; run < 3; run++)
        times.push(await page.evaluate(openingTime, { language: 'en', texts: {}, report }));
      return times.sort((a, b) => a - b)[1];
    };
    const [few, many] = [await openings(1000), await openings(50_000)];
    if (many > MAX_OPEN_RATIO * few) throw new Error(`${Math.round(few)} ms, then ${Math.round(many)} ms`);
    // Only what is seen is drawn.
    const elements = await page.locator('main *').count();
    if (elements > 5000) throw new Error(`${elements} elements`);
  });
}

async function scanChecks({ check, openInEditor, openSaved }) {
  const grid = (page) => page.getByRole('grid');
  const count = (page) => page.locator('.bar-of-tools [role="status"]').textContent();
  const firstId = (page) => grid(page).locator('.row[data-index="0"] a').textContent();

  await check('scan: vulnerabilities are filtered by severity, package, fix and layer', async (page) => {
    await openInEditor(page, scansReport(300));
    const { vulnerabilities } = scan(300);
    const shown = async (isWanted) => equal(await count(page), `${vulnerabilities.filter(isWanted).length} of 300`);
    await page.getByRole('button', { name: /High/ }).click();
    await shown(({ severity }) => severity === 'high');
    await page.getByRole('button', { name: /Critical/ }).click();
    await shown(({ severity }) => severity === 'high' || severity === 'critical');
    await page.getByLabel('Only with a fixed version').check();
    await page.getByRole('button', { name: /High/ }).click();
    await shown(({ severity, fixedVersion }) => severity === 'critical' && fixedVersion);
    await page.getByRole('button', { name: /Critical/ }).click();
    await page.getByLabel('Only with a fixed version').uncheck();
    await page.getByLabel('Layer', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('searchbox').fill('FLASK');
    const layer = await page.getByLabel('Layer', { exact: true }).inputValue();
    await shown((one) => one.layer === layer && one.package === 'flask');
  });
  await check('scan: a click on the head of a column sorts, another turns it round', async (page) => {
    await openInEditor(page, scansReport(300));
    await page.getByRole('button', { name: 'ID' }).click();
    equal(await firstId(page), 'CVE-2026-1000');
    await page.getByRole('button', { name: 'ID' }).click();
    equal(await firstId(page), 'CVE-2026-1299');
    equal(await page.locator('[aria-sort="descending"]').textContent(), 'ID');
  });
  await check('scan: rows are walked with the keyboard, images are tabs', async (page) => {
    await openInEditor(page, scansReport(300));
    await grid(page).focus();
    await page.keyboard.press('End');
    equal(await grid(page).locator('.row[aria-selected="true"]').getAttribute('aria-rowindex'), '301');
    await page.getByRole('tab').first().focus();
    await page.keyboard.press('ArrowRight');
    equal(await count(page), '7 of 7');
    equal(await page.getByRole('tab', { selected: true }).count(), 1);
  });
  await check('scan: only addresses of the web are links, hostile texts are texts', async (page) => {
    const report = scan(3, HOSTILE[0]);
    const urls = ['javascript:globalThis.isHit = true', 'https://example.com/"><script>', 'file:///etc/passwd'];
    const vulnerabilities = report.vulnerabilities.map((one, index) => ({
      ...one,
      id: HOSTILE[index],
      package: HOSTILE[index],
      title: HOSTILE[index],
      url: urls[index],
    }));
    await openSaved(page, {
      kind: 'scan',
      name: HOSTILE[1],
      reports: [{ ...report, vulnerabilities, notes: HOSTILE }],
    });
    equal(await page.locator('main a').count(), 1);
    equal(await page.locator('main img, main script').count(), 0);
    equal(await page.evaluate(() => globalThis.isHit), undefined);
  });
}

async function verifyChecks({ check, openInEditor, openSaved, sent }) {
  const row = (page, name) => page.getByRole('row', { name });

  await check('verify: figures, steps with their evidence, and what is the same', async (page) => {
    await openInEditor(page, verifyReport());
    equal(await page.title(), 'Verified: calculator/Dockerfile');
    equal(
      await row(page, /Image size/)
        .locator('td')
        .allTextContents(),
      ['1.01 GB', '163.2 MB'],
    );
    equal(
      await row(page, /^Rebuild/)
        .locator('td')
        .allTextContents(),
      ['31.9 s', '1.3 s'],
    );
    equal(await row(page, /User/).locator('td').allTextContents(), ['root', 'app']);
    await row(page, /multi-stage/)
      .getByText('proven')
      .waitFor();
    for (const text of ['dropped: It does not listen on port 8000/tcp', 'optimize: { writes: [/data] }'])
      await row(page, /no-root-user/)
        .getByText(text)
        .waitFor();
    equal(
      await row(page, /no-root-user/)
        .getByText('EACCES')
        .count(),
      1,
    );
    equal(await page.getByRole('listitem').count(), 4);
    await page.getByRole('button', { name: 'Save Report…' }).click();
    equal(await sent(page), [{ type: 'save' }]);
  });
  await check('verify: says what was not proven, and that nothing is left', async (page) => {
    await openInEditor(page, verifyReport('', { unproven: 'it exits at once', same: [] }));
    await page.getByText('Built, but behavior not proven: it exits at once').waitFor();
    const { verification } = verifyReport();
    const steps = verification.steps.map((step) => ({ ...step, state: 'dropped' }));
    await openInEditor(page, verifyReport('', { after: undefined, steps }));
    await page.getByText('Every step changes the behavior').waitFor();
    equal(
      await row(page, /Image size/)
        .locator('td')
        .count(),
      1,
    );
  });
  await check('verify: what a program has logged is text', async (page) => {
    await openSaved(page, verifyReport(HOSTILE[0], { same: HOSTILE, engine: HOSTILE[1] }));
    equal(await page.evaluate(() => globalThis.isHit), undefined);
    equal(await page.locator('main img, main script').count(), 0);
    equal(
      await row(page, /no-root-user/)
        .getByText(HOSTILE[0])
        .count(),
      1,
    );
  });
}

async function checkAllChecks({ check, openInEditor, sent }) {
  const count = (page) => page.locator('.bar-of-tools [role="status"]').textContent();

  await check('check all: findings are filtered, Enter and a click go to the line', async (page) => {
    await openInEditor(page, checkReport(40));
    const total = checkReport(40).files.flatMap(({ findings }) => findings).length;
    equal(await count(page), `${total} of ${total}`);
    await page.getByText('image.dockerfile: binary content').waitFor();
    await page.getByLabel('Rule', { exact: true }).selectOption('pip-no-cache-dir');
    await page.getByRole('searchbox').fill('service-3/');
    equal(await count(page), `1 of ${total}`);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.locator('.jump').first().click();
    const jump = { type: 'jump', uri: 'file:///work/services/service-3/Dockerfile', line: 2 };
    equal(await sent(page), [jump, jump]);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No findings').waitFor();
  });
  await check('check all: ten thousand findings draw only what is seen', async (page) => {
    await openInEditor(page, checkReport(5000));
    const elements = await page.locator('.row').count();
    if (elements > 200) throw new Error(`${elements} rows`);
    await page.getByRole('button', { name: 'Save Report…' }).click();
    equal(await sent(page), [{ type: 'save' }]);
  });
}

/** Runs in the page: from the message of the editor to the frame that shows it. */
export async function openingTime(data) {
  const start = performance.now();
  const old = document.querySelector('main');
  dispatchEvent(new MessageEvent('message', { data: JSON.parse(JSON.stringify(data)) }));
  while (document.querySelector('main') === old || !document.querySelector('.treemap .cell'))
    await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}
