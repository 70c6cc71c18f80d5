/** Bundles everything that users run into dist/. Options: --minify (packages), --watch. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { build, context } from 'esbuild';
import { bundleParts, loadsParts } from './bundleParts.mjs';
import { esModules } from './esModules.mjs';
import { readDocs, withoutDocs } from './ruleDocs.mjs';
import { writeData, writeTexts } from './texts.mjs';
import { bundledPackages, thirdPartyNotices } from './thirdPartyNotices.mjs';

const root = resolve(import.meta.dirname, '..');
const isMinified = process.argv.includes('--minify');

const node = { platform: 'node', target: 'node20' };
/**
 * Programs that a shell or an editor starts by itself. What they share, and what is only loaded when it is asked for, are
 * modules of their own; packages that are no modules want what Node.js gives those.
 */
const programs = {
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  banner: {
    js: `#!/usr/bin/env node
import { createRequire as ofNodeCreateRequire } from 'node:module';
import { dirname as ofNodeDirname } from 'node:path';
import { fileURLToPath as ofNodePath } from 'node:url';
const require = ofNodeCreateRequire(import.meta.url), __filename = ofNodePath(import.meta.url), __dirname = ofNodeDirname(__filename);`,
  },
};
/** dockerfile-ast looks at a byte-order mark through Buffer, which browsers lack. */
const browser = { platform: 'browser', target: 'es2022' };
/**
 * Large tables of facts: each is a file of its own, the same for both platforms, that is read when the first of its
 * facts is asked for.
 */
const TABLES = ['packageSizes', 'recommendedPackages'];
const tablesWhenAskedFor = {
  name: 'tables when asked for',
  setup: ({ onResolve, onLoad, initialOptions: { platform } }) => {
    onResolve({ filter: new RegExp(`/(?:${TABLES.join('|')})\\.json$`) }, ({ path }) => ({
      path: basename(path, '.json'),
      namespace: 'table',
    }));
    onResolve({ filter: /./, namespace: 'table' }, ({ path }) =>
      path.endsWith('.js') ? { path, external: true } : { path, namespace: 'part' },
    );
    onLoad({ filter: /./, namespace: 'table' }, ({ path }) => {
      const place = platform === 'node' ? `./${path}.js` : path;
      const facts = Object.keys(readTable(path)).map((key) => `get ${key}() { return (table ??= read()).${key}; }`);
      return { contents: `let table; const read = () => require('${place}'); export default { ${facts.join(', ')} };` };
    });
  },
};
/** Facts take a third of their size in a worker, and a millisecond more. */
const compressedFacts = {
  name: 'compressed facts',
  setup: ({ onLoad }) => {
    onLoad({ filter: /knowledge[\\/]data[\\/]\w+\.json$/ }, ({ path }) => {
      const facts = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      const compressed = deflateRawSync(facts, { level: 9 }).toString('base64');
      const contents = `import { inflateFacts } from './server/src/host/facts.browser';
export default inflateFacts('${compressed}');`;
      return { contents, resolveDir: root };
    });
  },
};
/** Three versions of it differ in what nobody here uses. */
const oneOfTypes = {
  name: 'one vscode-languageserver-types',
  setup: ({ onResolve }) => {
    const path = join(root, 'node_modules/vscode-languageserver-types/lib/esm/main.js');
    onResolve({ filter: /^vscode-languageserver-types$/ }, () => ({ path }));
  },
};
/** A tenth of the worker, for configurations and lists of what scanners ignore: in a browser neither is found. */
const withoutYaml = {
  name: 'without YAML',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'nowhere' }));
    onLoad({ filter: /./, namespace: 'nowhere' }, () => ({
      contents: "export const parse = () => { throw new Error('YAML is not read in a browser'); };",
    }));
  },
};
/** The language service has rules of its own, and would ask Docker Hub for tags without being allowed to. */
const slimLanguageService = {
  name: 'slim language service',
  setup: ({ onResolve }) => {
    const path = join(root, 'server/src/lsp/languageServiceStubs.js');
    onResolve({ filter: /^\.\/docker(?:RegistryClient|Validator|Commands)$/ }, () => ({ path }));
  },
};
/**
 * The page of reports in one file, which ends where a report begins (see reportPage): whoever shows one appends it.
 * Nothing runs or is loaded but the script and the style that the hashes name.
 */
const reportPage = {
  name: 'report page',
  setup: ({ onEnd }) => {
    onEnd(({ outputFiles = [] }) => {
      const text = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
      const [script, style] = [text('.js'), text('.css')];
      const hash = (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
      // Elements are placed and coloured through their style objects, which no policy of styles is about.
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
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(join(root, 'dist/reportView.html'), page);
    });
  },
};
const bundles = [
  {
    entryPoints: ['client/src/webview/main.ts', 'client/src/webview/style.css'],
    outdir: 'dist',
    ...browser,
    format: 'iife',
    write: false,
    sourcemap: false,
    plugins: [reportPage],
  },
  {
    entryPoints: { server: 'server/src/main.node.ts', cli: 'server/src/cli/main.ts' },
    outdir: 'dist',
    ...node,
    ...programs,
    plugins: [tablesWhenAskedFor, slimLanguageService, oneOfTypes, esModules, withoutDocs],
  },
];
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: isMinified,
  sourcemap: isMinified ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
writeTexts(join(root, 'dist'));
writeData(join(root, 'dist/docs.en.js'), await readDocs());
for (const name of TABLES) writeData(join(root, `dist/${name}.js`), readTable(name));
/** What the worker loads when it is first asked for, by the name of its script. */
const LATER = { 'later.web': './later', 'languageService.web': './languageService' };
const together = [
  // On the desktop the extension takes from its bundle for browsers all that both have.
  [
    {
      entry: 'client/src/extension.browser.ts',
      outfile: 'dist/client.web.js',
      others: [
        {
          name: 'client',
          entryPoints: ['client/src/extension.node.ts'],
          ...node,
          format: 'cjs',
          banner: { js: "require('./client.web.js');" },
        },
      ],
    },
    { ...common, ...browser, format: 'cjs', external: ['vscode'], plugins: [oneOfTypes, esModules] },
  ],
  [
    {
      entry: 'server/src/main.browser.ts',
      outfile: 'dist/server.web.js',
      apart: /^node_modules\/vscode-/,
      others: Object.entries(LATER).map(([name, specifier]) => ({
        name,
        stdin: {
          contents: `import * as part from ${JSON.stringify(specifier)}; self.exports = part;`,
          resolveDir: join(root, 'server/src/lsp'),
        },
      })),
    },
    {
      ...common,
      ...browser,
      format: 'iife',
      inject: ['server/src/host/bufferShim.js'],
      plugins: [
        loadsParts(LATER, join(root, 'server/src/host/parts.browser.ts')),
        tablesWhenAskedFor,
        slimLanguageService,
        oneOfTypes,
        esModules,
        compressedFacts,
        withoutYaml,
        withoutDocs,
      ],
    },
  ],
];
if (process.argv.includes('--watch')) {
  // Scripts that hang on each other: made once, and anew by the next start.
  for (const [scripts, options] of together) await bundleParts(scripts, options);
  for (const bundle of bundles) await (await context({ ...common, ...bundle, logLevel: 'info' })).watch();
} else {
  try {
    const metafiles = await Promise.all([
      ...bundles.map(async (bundle) => [(await build({ ...common, ...bundle, metafile: true })).metafile]),
      ...together.map(([scripts, options]) => bundleParts(scripts, options)),
    ]);
    writeFileSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(bundledPackages(metafiles.flat())));
    for (const name of ['cli', 'server']) chmodSync(join(root, `dist/${name}.mjs`), 0o755);
  } catch (error) {
    // esbuild has printed what is wrong and where.
    if (!error.errors) console.error(error.message);
    process.exit(1);
  }
}

function readTable(name) {
  return JSON.parse(readFileSync(join(root, `server/src/knowledge/data/${name}.json`), 'utf8'));
}
