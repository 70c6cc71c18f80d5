import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'server/src');

/** Each folder may import itself, those before it, and what is named. */
const LAYERS = ['text', 'shell', 'dockerfile', 'commands', 'engine', 'project', 'app', 'rules', 'optimizer', 'create'];
/** Facts: the reference type alone comes from the model. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  knowledge: ['knowledge', 'dockerfile', 'text', 'l10n'],
  start: ['start'],
  /** Texts: nothing but strings. */
  l10n: ['l10n'],
  /** Of Node.js: programs found on PATH and run with limits, files read whole, the clock. */
  system: ['system'],
  /** What scanners and measurements are asked and answer. */
  reports: ['reports', 'text', 'dockerfile', 'engine', 'l10n'],
  /** Engines, built images and scanners. */
  images: ['images', 'system', 'reports', 'registry', 'l10n', ...LAYERS],
  /** Images before and after a plan, built and run. */
  verify: ['verify', 'images', 'system', 'reports', 'l10n', ...LAYERS],
  /** What is asked over the network. */
  registry: ['registry', 'dockerfile', 'system', 'text'],
  /** What agents call and get: the declarations and answers, without how they are reached. */
  agents: ['agents', 'reports', ...LAYERS],
  /** The Model Context Protocol, a bundle of its own. */
  mcp: ['mcp', 'agents'],
  host: ['host', 'text', 'engine', 'project', 'protocol', 'registry', 'images', 'verify', 'reports', 'system', 'l10n'],
  lsp: ['lsp', 'agents', 'host', 'knowledge', 'protocol', 'registry', 'reports', 'l10n', ...LAYERS],
  // The manifest, for the version.
  cli: [
    ...['cli', 'protocol', 'host', 'knowledge', 'analyzer', '..', 'images', 'verify', 'reports', 'system', 'l10n'],
    ...['agents', 'mcp', ...LAYERS],
  ],
};
const ONLY_IN: Readonly<Record<string, RegExp>> = {
  'dockerfile-ast': /^dockerfile\/parse\.ts$/,
  unbash: /^shell\/parse\.ts$/,
  'vscode-languageserver': /^(?:lsp\/|main\.)/,
  re2js: /^patternLibrary\.ts$/,
  vscode: /^$/,
  '@modelcontextprotocol': /^mcp\//,
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a file imports, types too, at once or later. */
function importsOf(file: string): string[] {
  const imports = /^(?:import|export)[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...readFileSync(file, 'utf8').matchAll(imports)].map(([, ...specifiers]) => specifiers.find(Boolean) ?? '');
}

function folderOf(path: string): string {
  return path.split('/')[0]?.replace(/\.ts$/, '') ?? '';
}

function allowedFor(folder: string): readonly string[] {
  const layer = LAYERS.indexOf(folder);
  // Rules and the engine ask the knowledge base.
  if (layer >= 0)
    return [...LAYERS.slice(0, layer + 1), ...(layer >= LAYERS.indexOf('engine') ? ['knowledge', 'l10n'] : [])];
  return ALLOWED[folder] ?? [];
}

describe('imports of the server', () => {
  const files = filesUnder(source).map((file) => relative(source, file));

  it.each(files.filter((file) => file.includes('/')))('%s stays in its layer', (file) => {
    for (const specifier of importsOf(join(source, file))) {
      if (!specifier.startsWith('.')) continue;
      const target = relative(source, resolve(dirname(join(source, file)), specifier));
      expect(allowedFor(folderOf(file)), `${file} imports ${target}`).toContain(folderOf(target));
    }
  });

  it.each(files)('%s imports packages only where they belong', (file) => {
    for (const specifier of importsOf(join(source, file))) {
      const name = specifier.split('/')[0] ?? '';
      const place = Object.hasOwn(ONLY_IN, name) ? ONLY_IN[name] : undefined;
      if (place) expect(file, `${file} imports ${specifier}`).toMatch(place);
    }
  });

  it('the client imports nothing of the server but its protocol, and how sizes, evidence and Markdown are written', () => {
    for (const file of filesUnder(join(root, 'client/src'))) {
      for (const specifier of importsOf(file)) {
        if (!specifier.startsWith('.')) continue;
        const target = relative(root, resolve(dirname(file), specifier));
        expect(target, relative(root, file)).toMatch(
          /^(?:client\/src\/|server\/src\/(?:protocol|text\/(?:byteText|markdown)|reports\/(?:adviceLine|evidence|findingsMarkdown))$)/,
        );
      }
    }
  });
});

describe('imports of server and client', () => {
  const files = new Set([...filesUnder(source), ...filesUnder(join(root, 'client/src'))]);
  const graph = new Map(
    [...files].map((file) => {
      const targets = importsOf(file).map((specifier) => resolve(dirname(file), specifier));
      return [
        file,
        targets.flatMap((path) => [`${path}.ts`, join(path, 'index.ts')]).filter((path) => files.has(path)),
      ];
    }),
  );

  it('go in no circles, not of types either', () => {
    expect(circlesIn(graph).map((circle) => circle.map((file) => relative(root, file)))).toEqual([]);
  });
});

/** One circle for each import that leads back to a file which leads to it. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file]);
    if (done.has(file) || path.includes(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return circles;
}
