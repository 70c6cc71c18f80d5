import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundledPackages, thirdPartyNotices } from '../../scripts/thirdPartyNotices.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Everything that is shipped, as scripts/build.mjs bundles it. */
async function metafiles() {
  const entryPoints = ['client/src/extension.node.ts', 'server/src/main.node.ts', 'server/src/cli/main.ts'];
  const { metafile } = await build({
    entryPoints: entryPoints.map((path) => join(root, path)),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    write: false,
    outdir: 'unused',
    metafile: true,
  });
  return [metafile];
}

describe('licences of what is bundled', () => {
  it('are such that may be passed on, and their texts are', async () => {
    const packages = bundledPackages(await metafiles());
    expect(packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['unbash', 'vscode-languageserver', 'yaml']),
    );
    const notices = thirdPartyNotices(packages);
    for (const { name, version, license, text } of packages) {
      expect(notices).toContain(`${name} ${version} (${license})`);
      expect(notices).toContain(text);
    }
  });

  it('are refused where a package takes more than a notice', () => {
    const inputs = { 'node_modules/lightningcss/x.js': {} };
    expect(() => bundledPackages([{ inputs }])).toThrow('lightningcss is under MPL-2.0: may it be bundled?');
  });
});
