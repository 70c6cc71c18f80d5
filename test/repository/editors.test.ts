import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
const PROGRAM = 'dockerfile-optimizer-language-server';
/** What an editor says of itself, beside settings. */
const CLIENT_OPTIONS = new Set(['isTrusted', 'hasOtherLanguageServer', 'cacheFolder']);

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

/** Names of settings in an object, where a setting may be an object itself. */
function settingNames(value: unknown, prefix = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  if (Object.hasOwn(settings, `dockerfileOptimizer.${prefix}`)) return [prefix];
  return Object.entries(value).flatMap(([name, inner]) =>
    settingNames(inner, prefix === '' ? name : `${prefix}.${name}`),
  );
}

const settings: Readonly<Record<string, unknown>> = Object.assign(
  {},
  ...[manifest.contributes.configuration].flat().map(({ properties }) => properties),
);

describe('docs/editors.md', () => {
  const documents = blocks('json').map((text): Record<string, unknown> => JSON.parse(text));

  it('has JSON that can be read, with settings that there are', () => {
    const [first = {}, zed, sublime, jetBrains = {}] = documents;
    const options = [
      first,
      (zed as { lsp: Record<string, { initialization_options: object }> }).lsp['dockerfile-language-server']
        ?.initialization_options,
      (sublime as { clients: Record<string, { initializationOptions: object }> }).clients['dockerfile-optimizer']
        ?.initializationOptions,
      jetBrains,
    ];
    for (const option of options) {
      const names = settingNames(option).filter((name) => !CLIENT_OPTIONS.has(name));
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(settings).toHaveProperty([`dockerfileOptimizer.${name}`]);
    }
  });

  it.each(['lua', 'toml', 'elisp'])('has %s that closes what it opens and names the level of plans', (language) => {
    const texts = blocks(language);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).toContain(PROGRAM);
      expect(text).toMatch(/\blevel\b/);
      for (const [open, close] of [
        ['(', ')'],
        ['{', '}'],
        ['[', ']'],
      ] as const)
        expect(text.split(open).length, text).toBe(text.split(close).length);
    }
  });

  it('names the program of the package', () => {
    expect(manifest.bin).toHaveProperty([PROGRAM], './dist/server.js');
  });
});
