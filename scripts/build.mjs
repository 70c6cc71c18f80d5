/**
 * Bundles everything that users run into dist/. --development does not minify and adds source maps; --watch rebuilds on
 * changes.
 */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, context } from 'esbuild';
import { writeTexts } from './texts.mjs';
import { bundledPackages, thirdPartyNotices } from './thirdPartyNotices.mjs';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const isWatch = process.argv.includes('--watch');
const isDevelopment = isWatch || process.argv.includes('--development');

/** Escapes programs to ASCII, which loads in a fraction of the time; esbuild does not escape regular expressions. */
const ascii = {
  name: 'ASCII',
  setup: ({ onEnd }) => {
    const escape = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    onEnd(({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) writeFileSync(path, text.replace(/[^\0-\x7f]/g, escape));
    });
  },
};
/** Tables become texts that are parsed: V8 takes several times longer to evaluate a large object of code. */
const tables = {
  name: 'tables',
  setup: ({ onLoad }) => {
    onLoad({ filter: /knowledge.data.\w+\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)})` };
    });
  },
};
const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  minify: !isDevelopment,
  sourcemap: isDevelopment && 'linked',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Otherwise esbuild takes the CommonJS version of packages that have both, and includes unused code.
  mainFields: ['module', 'main'],
};
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // For Node.js, its manifest names only the CommonJS version, which is larger.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
};
const browser = { ...common, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };
/** Tables next to the bundles that are read when they are first needed. */
const TABLES = ['packageNames', 'packageSizes', 'recommendedPackages', 'runtimeLibraries'].map(
  (name) => `data/${name}.json`,
);

const bundles = [
  // The programs that a shell or an editor starts, and the programs that those run, which are wrapped in a function
  // with the parameters of a Node.js module.
  {
    ...node,
    entryPoints: { cli: 'server/src/start/cli.ts', server: 'server/src/start/server.ts' },
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...node,
    entryPoints: { commandLine: 'server/src/cli/main.ts', languageServer: 'server/src/main.node.ts' },
    external: TABLES.map((path) => `./${path}`),
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    write: false,
    plugins: [tables, ascii],
  },
  // What only `mcp` needs of the command line.
  { ...node, entryPoints: { mcp: 'server/src/mcp/serve.ts' } },
  // What reads the patterns of configurations, in Node.js and in a worker, like a file of texts.
  {
    ...browser,
    entryPoints: { patterns: 'server/src/patternLibrary.ts' },
    format: 'iife',
    globalName: 'patterns',
    footer: { js: '(typeof module==="object"?module:self).exports=patterns.patternLibrary;' },
    write: false,
    plugins: [ascii],
  },
  { ...node, entryPoints: { client: 'client/src/extension.node.ts' }, external: ['vscode'] },
  { ...browser, entryPoints: { 'client.web': 'client/src/extension.browser.ts' }, format: 'cjs', external: ['vscode'] },
  {
    ...browser,
    entryPoints: { 'server.web': 'server/src/main.browser.ts' },
    format: 'iife',
    external: TABLES.map((path) => `./${path}`),
    // dockerfile-ast checks for a byte-order mark with Buffer, which browsers lack.
    inject: ['server/src/host/bufferShim.js'],
    plugins: [tables],
  },
  {
    ...browser,
    entryPoints: { reportView: 'client/src/webview/main.ts', style: 'client/src/webview/style.css' },
    format: 'iife',
    sourcemap: false,
    write: false,
    plugins: [{ name: 'report page', setup: ({ onEnd }) => onEnd(({ outputFiles }) => writeReportPage(outputFiles)) }],
  },
];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
writeTexts(dist);
for (const path of TABLES) cpSync(join(root, 'server/src/knowledge', path), join(dist, path));
if (isWatch) {
  for (const bundle of bundles) await (await context({ ...bundle, logLevel: 'info' })).watch();
} else {
  try {
    const metafiles = await Promise.all(bundles.map(async (bundle) => (await build(bundle)).metafile));
    writeFileSync(join(dist, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(bundledPackages(metafiles)));
    for (const name of ['cli', 'server']) chmodSync(join(dist, `${name}.js`), 0o755);
  } catch (error) {
    // esbuild has already printed its errors.
    if (!error.errors) console.error(error.message);
    process.exit(1);
  }
}

/**
 * Writes the report page as one file that ends where a report begins (see reportPage): append the report to it. The
 * hashes allow only this script and style; nothing else runs or is loaded.
 */
function writeReportPage(outputFiles = []) {
  const text = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const [script, style] = [text('.js'), text('.css')];
  const hash = (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  // Elements are positioned and colored through their style objects, which a Content Security Policy does not restrict.
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dockerfile Optimizer</title>
<style>${style}</style>
<script>${script}</script>
<body>
<noscript>This report is drawn by a script, which is switched off here.</noscript>
<script type="application/json" id="report">`;
  writeFileSync(join(dist, 'reportView.html'), page);
}
