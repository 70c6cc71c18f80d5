import { launchBrowser } from '../../scripts/browser.mjs';
import { startCodeServer } from '../../scripts/vscode/codeServer.mjs';
import { tryAsPerson } from './asPerson.mjs';
import { buildSuite, makeSmallestExtension, makeWorkspace } from './buildSuite.mjs';
import { lookAsPerson } from './lookAsPerson.mjs';

/** Runs the suite in code-server's extension host, the VSIX installed, then uses it by hand. */
export async function runInCodeServer({ vsix, browserPath }) {
  const suite = await buildSuite();
  const workspace = makeWorkspace();
  const server = await startCodeServer({ vsix, folder: workspace });
  const browser = await launchBrowser(browserPath);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const lines = [];
    const exit = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', (code) => resolve(code));
    });
    await page.exposeFunction('codeAutomationLog', (_, args) => lines.push(args.join(' ')));
    const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(makeSmallestExtension())],
      ['extensionTestsPath', remote(suite)],
      ['enableProposedApi', ''],
    ];
    await page.goto(
      `${server.url}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    const code = await Promise.race([exit, timeout(300_000)]);
    await page.close();
    const person = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const place = { url: server.url, folder: workspace };
    const tried = await tryAsPerson(person, place);
    await person.close();
    const reader = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return { code, lines, checks: [...tried, ...(await lookAsPerson(reader, place))] };
  } finally {
    await browser.close();
    await server.stop();
  }
}

function timeout(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'timeout').unref());
}
