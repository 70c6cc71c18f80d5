import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../helpers/fakeRegistry';
import { createClient } from '../helpers/lspClient';

interface Setting {
  readonly type: string;
  readonly scope?: string;
}
const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
const groups: readonly { readonly properties: Readonly<Record<string, Setting>> }[] = [
  manifest.contributes.configuration,
].flat();
const settings = Object.assign({}, ...groups.map(({ properties }) => properties)) as Record<string, Setting>;
const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;

describe('settings of an untrusted workspace', () => {
  /** What starts a program, says which, or says who is asked over the network. */
  const DANGEROUS = /\.(?:path|kind|host|clairHost|containerImage|buildOptions|mirrors|command|args|env|server|url)$/i;
  const names = Object.keys(settings).filter((name) => DANGEROUS.test(name) && !name.endsWith('.trace.server'));

  it('say nothing about programs, hosts and commands', () => {
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      expect(restricted, name).toContain(name);
      expect(settings[name]?.scope, name).toBe('machine-overridable');
    }
    expect(restricted).toContain('dockerfileOptimizer.registry.enable');
  });

  it('that are held back exist', () => {
    expect(restricted.filter((name) => !Object.hasOwn(settings, name))).toEqual([]);
  });

  it('and free text is among them, or harmless', () => {
    const HARMLESS = ['dockerfileOptimizer.configurationFile', 'dockerfileOptimizer.registry.platform'];
    const free = Object.entries(settings).filter(([, { type, ...more }]) => type === 'string' && !('enum' in more));
    expect(
      free
        .map(([name]) => name)
        .filter((name) => !restricted.includes(name))
        .sort(),
    ).toEqual(HARMLESS);
  });
});

describe('the server in an untrusted workspace', () => {
  let folder: string;
  let registry: FakeRegistry;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'untrusted-'));
    registry = await startFakeRegistry();
  });
  afterEach(async () => {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** All that a session has, with every setting on; gives what was started or opened. */
  async function session(isTrusted: boolean): Promise<readonly string[]> {
    const { host, asked } = registry;
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\necho "[]"\n', { mode: 0o755 });
    const client = await createClient({
      observed: true,
      initializationOptions: { isTrusted, cacheFolder: folder },
      settings: () => ({
        shellcheck: { enable: true, path: program },
        registry: { enable: true, mirrors: { 'docker.io': host } },
        engine: { kind: 'docker', path: program, buildOptions: ['--network=host'] },
        scanner: { kind: 'trivy', path: program, clairHost: `http://${host}`, containerImage: `${host}/x` },
        configurationFile: join(folder, '.dockerfile-optimizer.yaml'),
      }),
    });
    writeFileSync(join(folder, '.dockerfile-optimizer.yaml'), 'extends: all\n');
    const text = `FROM debian:12 AS a\nRUN echo $x | cat\nFROM ${host}/team/app:1.0\nCOPY --from=a /a /b\nCMD a\n`;
    const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
    const document = await client.open(text, { uri });
    const textDocument = { uri };
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    const ask = (method: string, more: object) =>
      client.connection.sendRequest(method, { textDocument, ...more }).catch(() => undefined);
    for (let round = 0; round < 2; round++) {
      await document.diagnostics();
      for (const marked of ['debian', 'team', 'cat']) await document.hover(marked);
      await document.actions();
      await ask('textDocument/completion', { position: { line: 0, character: 12 } });
      await ask('textDocument/inlayHint', { range });
      await ask('textDocument/codeLens', {});
      await ask('textDocument/documentLink', {});
      await document.actions(`${host}/team/app:1.0`);
      await ask('dockerfile/optimize', { uri });
      await ask('dockerfile/measure', { uri, compare: true });
      for (const what of ['base', 'built']) await ask('dockerfile/scan', { uri, what });
      await document.edit(text.length, 0, 'RUN ls\n');
    }
    // In the background; a trusted server is waited for, and the other is given the same time.
    for (
      let tries = 0;
      tries < 100 && !(asked.length > 0 && client.seen.some((what) => what.startsWith('spawn')));
      tries++
    ) {
      if (!isTrusted && tries > 10) break;
      await document.diagnostics();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.stop();
    return client.seen;
  }

  it('starts no program and opens no socket, whatever the settings say', async () => {
    const seen = await session(false);
    expect(seen).toEqual(['observed']);
    expect(registry.asked).toEqual([]);
  });

  it('does in a trusted one: the observer sees it', async () => {
    const seen = await session(true);
    expect(seen.filter((what) => what.startsWith('spawn'))).not.toEqual([]);
    expect(seen.filter((what) => what.startsWith('connect'))).not.toEqual([]);
  });
});
