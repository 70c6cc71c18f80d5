import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../scripts/dependencies.mjs';
import { capture } from '../scripts/process.mjs';
import { temporaryFolder } from '../scripts/temporaryFolder.mjs';

/** The part that a function's source belongs to: the first match, from the innermost call outwards. */
const PARTS = [
  ['shell scripts', /node_modules\/unbash\/|server\/src\/shell\/(?:parse|logicalText|nesting)\.ts$/],
  ['Dockerfiles', /server\/src\/dockerfile\//],
  ['rules', /server\/src\/(?:rules|engine|knowledge|l10n|shell)\//],
  ['printing', /server\/src\/cli\/(?:formatters\/|codeFrame|colour|terminalText)/],
  ['files and configurations', /server\/src\/(?:cli|host)\//],
];
const REST = 'start';
const GARBAGE = 'garbage collection';

/**
 * Where the command line spends the time of linting a folder, from samples of one process: parts with their share of 1,
 * the largest first.
 */
export function sharesOfLint(folder) {
  const profiles = temporaryFolder('profiles');
  const script = join(root, 'scripts/build.mjs');
  // Only a development build has source maps.
  capture('node', [script, '--development']);
  try {
    const lint = [join(root, 'dist/cli.js'), 'lint', '--fail-on', 'never', folder];
    capture('node', ['--cpu-prof', '--cpu-prof-dir', profiles, ...lint]);
    const [profile] = readdirSync(profiles);
    return sharesIn(JSON.parse(readFileSync(join(profiles, profile), 'utf8')));
  } finally {
    capture('node', [script]);
  }
}

function sharesIn({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const sourceOf = createSources();
  const partOf = (id) => {
    if (byId.get(id).callFrame.functionName === '(garbage collector)') return GARBAGE;
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const source = sourceOf(byId.get(at).callFrame);
      const part = PARTS.find(([, pattern]) => pattern.test(source));
      if (part) return part[0];
    }
    return REST;
  };
  const parts = new Map();
  const known = new Map();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    if (!known.has(id)) known.set(id, partOf(id));
    parts.set(known.get(id), (parts.get(known.get(id)) ?? 0) + timeDeltas[index]);
    total += timeDeltas[index];
  }
  return [...parts].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);
}

/** The source file of a function in a bundle; '' for functions of Node.js itself. */
function createSources() {
  const maps = new Map();
  return ({ url, lineNumber, columnNumber }) => {
    // Code that runs when a module is loaded has its function at line 0, and belongs to the start.
    if (!url.startsWith('file:') || lineNumber === 0) return '';
    if (!maps.has(url)) maps.set(url, new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8'))));
    return maps.get(url).findEntry(lineNumber, columnNumber).originalSource ?? '';
  };
}
