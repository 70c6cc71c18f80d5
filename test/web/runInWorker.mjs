import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { launchBrowser } from '../../scripts/browser.mjs';
import { root } from '../../scripts/dependencies.mjs';

/** Speaks LSP with the web server in a worker of a real browser; each check is a name and whether it held. */
export async function runInWorker({ browserPath }) {
  const server = createServer((request, response) => {
    const script = /^\/dist\/((?:data\/)?[\w.]+\.js(?:on)?)$/.exec(request.url)?.[1];
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? readFileSync(join(root, 'dist', script)) : '<!doctype html><title>worker</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser(browserPath);
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.addScriptTag({ content: String(startServer) });
    return [
      ...(await page.evaluate(talk)),
      ...(await page.evaluate(configure)),
      ...(await page.evaluate(talkJapanese)),
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page. */
async function talk() {
  const { worker, notify, request } = startServer();
  const uri = 'vscode-vfs://github/a/b/Dockerfile';
  const text = '\ufeffFROM python:3.11\nRUN pip install flask==3.0.3\nCMD python app.py\n';
  const textDocument = { uri, languageId: 'dockerfile', version: 1, text };
  const checks = [];
  const check = (name, holds, detail) => checks.push({ name, holds: Boolean(holds), detail: JSON.stringify(detail) });

  const { capabilities } = await request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  check(
    'initialize offers diagnostics, hover and code actions',
    capabilities.diagnosticProvider && capabilities.hoverProvider && capabilities.codeActionProvider,
    capabilities,
  );
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument });
  const { items } = await request('textDocument/diagnostic', { textDocument: { uri } });
  const rules = items.map(({ code }) => code);
  for (const rule of ['no-root-user', 'prefer-slim-base', 'pip-no-cache-dir', 'exec-form-cmd']) {
    check(`finds ${rule}`, rules.includes(rule), rules);
  }
  const completions = await request('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: 13 },
  });
  check(
    'completes tags',
    completions.some(({ label }) => label === '3.13-slim'),
    completions.slice(0, 3),
  );
  const pip = items.find(({ code }) => code === 'pip-no-cache-dir');
  const actions = await request('textDocument/codeAction', {
    textDocument: { uri },
    range: pip.range,
    context: { diagnostics: [pip] },
  });
  check(
    'offers the quick fix',
    actions.some(({ title }) => title === 'Add --no-cache-dir'),
    actions,
  );
  // What the editor reads of a virtual workspace.
  const context = { files: [{ path: 'app.py', sizeBytes: 13, text: 'import flask\n' }], unlisted: [] };
  const plan = await request('dockerfile/optimize', { uri, context });
  const apt = 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y git && git clone https://github.com/a/b\n';
  const other = { ...textDocument, uri: 'vscode-vfs://github/a/b/apt/Dockerfile', text: apt };
  notify('textDocument/didOpen', { textDocument: other });
  const actionsOfApt = await request('textDocument/codeAction', {
    textDocument: { uri: other.uri },
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 80 } },
    context: { diagnostics: [] },
  });
  // `git clone` takes certificates, which are recommended with git: a table says so.
  check(
    'reads a table of facts',
    actionsOfApt.some(({ edit }) => JSON.stringify(edit ?? '').includes('ca-certificates')),
    actionsOfApt,
  );
  check('optimizes the file', plan.after.includes('FROM python:3.11-slim') && plan.steps.length > 2, plan);
  worker.terminate();
  return checks;
}

/** Runs in the page: the files of a virtual workspace that the editor sends, and sends again once they have changed. */
async function configure() {
  const { worker, notify, request } = startServer();
  const workspace = 'vscode-vfs://github/a/b';
  const uri = `${workspace}/apps/one/Dockerfile`;
  const text = 'FROM python:3.11\nRUN pip install flask==3.0.3\nCMD python app.py\n';
  await request('initialize', {
    processId: null,
    rootUri: workspace,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument: { uri, languageId: 'dockerfile', version: 1, text } });
  const rulesWith = async (files) => {
    const sent = Object.entries(files).map(([path, content]) => ({ uri: `${workspace}/${path}`, text: content }));
    notify('dockerfile/projectFiles', { files: sent });
    const { items } = await request('textDocument/diagnostic', { textDocument: { uri } });
    return items.map(({ code }) => code);
  };
  const off = 'rules:\n  no-root-user: off\n';
  const cases = [
    ['without a configuration all rules hold', {}, ['no-root-user', 'pip-no-cache-dir']],
    ['.dockerfile-optimizer.yaml around it holds', { '.dockerfile-optimizer.yaml': off }, ['pip-no-cache-dir']],
    [
      'the nearest holds',
      { '.dockerfile-optimizer.yaml': off, 'apps/.hadolint.yaml': 'ignored: [DL3042]\n' },
      ['no-root-user'],
    ],
    [
      'its ignored paths hold',
      { '.dockerfile-optimizer.yaml': 'overrides:\n  - files: apps/**\n    rules: {pip-no-cache-dir: off}\n' },
      ['no-root-user'],
    ],
    ['what is gone does not hold', {}, ['no-root-user', 'pip-no-cache-dir']],
  ];
  const checks = [];
  for (const [name, files, wanted] of cases) {
    const rules = await rulesWith(files);
    const found = ['no-root-user', 'pip-no-cache-dir'].filter((rule) => rules.includes(rule));
    checks.push({ name, holds: found.join() === wanted.join(), detail: JSON.stringify(rules) });
  }
  worker.terminate();
  return checks;
}

/** Runs in the page. The folder is named as the client names it: the worker loads the texts from there. */
async function talkJapanese() {
  const { worker, notify, request } = startServer();
  const initializationOptions = { bundleFolder: new URL('/dist', location.href).href };
  await request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
    locale: 'ja',
    initializationOptions,
  });
  notify('initialized', {});
  const page = await request('dockerfile/rulePage', { rule: 'no-root-user' });
  worker.terminate();
  return [{ name: 'speaks Japanese', holds: page?.markdown.includes('## 理由'), detail: JSON.stringify(page) }];
}

/** Runs in the page. */
function startServer() {
  const worker = new Worker('/dist/server.web.js');
  const waiting = new Map();
  let next = 1;
  worker.onmessage = ({ data }) => {
    if (data.method && data.id !== undefined) worker.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
    else waiting.get(data.id)?.(data);
  };
  const notify = (method, params) => worker.postMessage({ jsonrpc: '2.0', method, params });
  const request = (method, params) => {
    const id = next++;
    worker.postMessage({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
      setTimeout(() => reject(new Error(`${method}: no answer`)), 20_000);
    });
  };
  return { worker, notify, request };
}
