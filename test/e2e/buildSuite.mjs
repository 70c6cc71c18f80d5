import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/dependencies.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';

/** The mocha suite as one file that an extension host can load. */
export async function buildSuite() {
  const outfile = join(root, '.cache/e2e/suite.js');
  await build({
    entryPoints: [join(root, 'test/e2e/suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return outfile;
}

/** A scanner that finds the same in every image. */
const TRIVY = `#!${process.execPath}
const row = (VulnerabilityID, Severity) => ({
  VulnerabilityID, Severity, PkgName: 'libssl3', InstalledVersion: '3.0.1', FixedVersion: '3.0.2',
});
process.stdout.write(JSON.stringify({
  SchemaVersion: 2,
  CreatedAt: '2026-10-02T08:00:00Z',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'debian', Name: '12.4' } },
  Results: [{
    Target: 'x (debian 12.4)',
    Class: 'os-pkgs',
    Vulnerabilities: [row('CVE-2099-0001', 'CRITICAL'), row('CVE-2099-0002', 'LOW')],
  }],
}));
`;

/** A copy of the examples to work on, with programs that stand for those of users. */
export function makeWorkspace() {
  const folder = temporaryFolder('workspace');
  cpSync(join(root, 'examples'), folder, { recursive: true });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), '{}\n');
  mkdirSync(join(folder, 'tools'));
  writeFileSync(join(folder, 'tools/trivy'), TRIVY, { mode: 0o755 });
  return folder;
}

/** Says that a Dockerfile is open as soon as VS Code lets it: what an extension waits for whatever it does. */
const SMALLEST = `const { Diagnostic, languages, Range, workspace } = require('vscode');
exports.activate = () => {
  const found = languages.createDiagnosticCollection('smallest');
  for (const { languageId, uri } of workspace.textDocuments)
    if (languageId === 'dockerfile') {
      const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), 'open');
      diagnostic.source = 'smallest';
      found.set(uri, [diagnostic]);
    }
};
`;

/** The extension that the suite belongs to: it runs beside the installed VSIX, not in place of it. */
export function makeSmallestExtension() {
  const folder = join(root, '.cache/e2e/smallest-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'smallest',
    publisher: 'test',
    version: '0.0.0',
    engines: { vscode: '^1.91.0' },
    main: './main.js',
    activationEvents: ['onLanguage:dockerfile'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), SMALLEST);
  return folder;
}
