import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** Where the first script keeps the modules that others take from it. */
const SHARED = 'globalThis.dockerfileOptimizerModules';

/**
 * Bundles a program as several scripts: one to start with, and others that hold what it does not. What they share they
 * take from the first, whole; `apart` are modules that each has for itself, as much of them as it uses. Gives esbuild's
 * account of each. Each of `others` has a name and options of esbuild that say what is in it.
 */
export async function bundleParts({ entry, outfile, others, apart }, options) {
  const root = options.absWorkingDir;
  const { metafile } = await build({ ...options, entryPoints: [entry], outfile, write: false, metafile: true });
  const held = new Set(Object.keys(metafile.inputs).filter((path) => !apart?.test(path)));
  const shared = new Set();
  const metafiles = [];
  for (const { name, ...other } of others) {
    const result = await build({
      ...options,
      ...other,
      outfile: join(dirname(outfile), `${name}.js`),
      metafile: true,
      plugins: [takesShared(held, shared, root), ...(other.plugins ?? options.plugins ?? [])],
    });
    metafiles.push(result.metafile);
  }
  const modules = [...shared].sort();
  const contents = [
    ...modules.map((path, index) => `import * as m${index} from './${path}';`),
    `${SHARED} = { ${modules.map((path, index) => `${JSON.stringify(path)}: m${index}`).join(', ')} };`,
    `export * from './${entry}';`,
  ].join('\n');
  await build({ ...options, stdin: { contents, resolveDir: root, loader: 'js' }, outfile });
  return [metafile, ...metafiles];
}

/** In the first script of a worker a part is loaded, by its name, where it is imported. */
export function loadsParts(parts, loader) {
  const names = new Map(Object.entries(parts).map(([name, specifier]) => [specifier, name]));
  return {
    name: 'loads parts',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /./ }, ({ path, kind }) =>
        kind === 'dynamic-import' && names.has(path) ? { path: names.get(path), namespace: 'part' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(loader)}).loadPart(${JSON.stringify(path)});`,
        resolveDir: dirname(loader),
      }));
    },
  };
}

/** In a part a module of the first script is what that keeps of it. */
function takesShared(held, shared, root) {
  return {
    name: 'takes shared modules',
    setup: ({ onResolve, onLoad, resolve }) => {
      onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === 'asked' || options.kind === 'entry-point') return undefined;
        const found = await resolve(path, { ...options, pluginData: 'asked' });
        const id = relative(root, found.path).split(sep).join('/');
        if (found.errors.length > 0 || found.namespace !== 'file' || !held.has(id)) return undefined;
        shared.add(id);
        return { path: id, namespace: 'shared' };
      });
      onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({
        contents: `module.exports = ${SHARED}[${JSON.stringify(path)}];`,
      }));
    },
  };
}
