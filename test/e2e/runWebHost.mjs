import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { launchBrowser } from '../../scripts/browser.mjs';
import { root } from '../../scripts/dependencies.mjs';
import { codeServerFolder } from '../../scripts/vscode/codeServer.mjs';

/**
 * Runs the suite as vscode.dev would have it: the workbench without a server behind it, the VSIX in the extension host of
 * the browser, a workspace that is on no disk. The workbench is code-server's, whose files are served as they are but
 * for the line that takes the page's host for a remote one.
 */
export async function runInWebHost({ vsix, browserPath, language = 'en' }) {
  const scripts = await buildScripts();
  const extension = unzipSync(readFileSync(vsix));
  const vscode = join(codeServerFolder, 'lib/vscode');
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const content = contentOf(path);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader(
      'content-type',
      TYPES[extname(path)] ?? (path === '/' ? 'text/html' : 'application/octet-stream'),
    );
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content);
  });
  const contentOf = (path) => {
    const [, top, ...rest] = path.split('/');
    if (path === '/') return page(vscode, server.address().port, language);
    if (path === '/workspace.json') return JSON.stringify(workspace());
    if (top === 'extension') return extension[path.slice(1)];
    if (top === 'memory' || top === 'suite') return scripts[path];
    const file = join(vscode, ...rest);
    if (top !== 'vscode' || rest.includes('..') || !existsSync(file)) return undefined;
    const bytes = readFileSync(file);
    if (!path.endsWith('/workbench/workbench.js')) return bytes;
    return withoutRemote(bytes.toString());
  };
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser(browserPath);
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const lines = [];
    const exit = new Promise((resolve) => {
      tab.exposeFunction('codeAutomationExit', (code) => resolve(code));
    });
    await tab.exposeFunction('codeAutomationLog', (_, args) => lines.push(args.join(' ')));
    await tab.goto(`http://127.0.0.1:${server.address().port}/?folder=memory:/workspace`);
    const code = await Promise.race([exit, timeout(300_000)]);
    return { code, lines };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/** Undoes what code-server has changed in VS Code for the server behind it. Each change has to be there. */
function withoutRemote(workbench) {
  const changes = [
    ['remoteAuthority:location.host', 'remoteAuthority:void 0'],
    [
      '.file(this.userDataPath).with({scheme:K.vscodeRemote})',
      '.file(this.userDataPath).with({scheme:K.vscodeUserData})',
    ],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The workbench of code-server has no \`${from}\``);
    return text.replace(from, to);
  }, workbench);
}

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** The workbench's page with what its server would put into it. */
function page(vscode, port, language) {
  const here = (path) => ({ scheme: 'http', authority: `127.0.0.1:${port}`, path });
  const configuration = {
    additionalBuiltinExtensions: [here('/extension'), here('/memory')],
    developmentOptions: { extensions: [here('/suite')], extensionTestsPath: here('/suite/suite.js') },
    configurationDefaults: { 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false },
    userDataPath: '/',
    isEnabledFileDownloads: false,
    isEnabledFileUploads: false,
    isEnabledCoderGettingStarted: false,
    productConfiguration: {
      webviewContentExternalBaseUrlTemplate: `http://127.0.0.1:${port}/vscode/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
  const values = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', '&quot;'),
    WORKBENCH_WEB_BASE_URL: '/vscode',
    WORKBENCH_NLS_FALLBACK_URL: '/vscode/out/nls.messages.js',
    WORKBENCH_NLS_URL: '/vscode/out/nls.messages.js',
  };
  return readFileSync(join(vscode, 'out/vs/code/browser/workbench/workbench.html'), 'utf8')
    .replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
    .replace('<html>', `<html lang="${language}">`);
}

/** The examples: text files alone. */
function workspace() {
  const folder = join(root, 'examples');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
  });
  return { ...Object.fromEntries(texts), '.vscode/settings.json': '{}\n' };
}

/** The extension that has the files, and the suite, both for a host without Node.js. */
async function buildScripts() {
  const bundle = async (entry, alias) => {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'test/e2e', entry)],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'cjs',
      target: 'es2022',
      external: ['vscode'],
      alias,
      logLevel: 'error',
    });
    return outputFiles[0].text;
  };
  const manifest = { publisher: 'test', version: '0.0.0', engines: { vscode: '^1.91.0' } };
  return {
    '/memory/package.json': JSON.stringify({
      ...manifest,
      name: 'memory-files',
      browser: './extension.js',
      activationEvents: ['onFileSystem:memory'],
    }),
    '/memory/extension.js': await bundle('web/memoryFiles.ts', {}),
    '/suite/package.json': JSON.stringify({ ...manifest, name: 'suite', browser: './suite.js' }),
    '/suite/suite.js': await bundle('suite/web.ts', {
      mocha: join(root, 'test/e2e/web/mocha.cjs'),
      'node:assert': join(root, 'test/e2e/web/assert.ts'),
    }),
  };
}

function timeout(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'timeout').unref());
}
