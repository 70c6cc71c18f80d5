import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const docs = resolve(import.meta.dirname, '../../docs');

/** Those of rules are generated. */
const pages = readdirSync(join(docs, 'ja')).filter((name) => name.endsWith('.md'));

describe.each(pages)('docs/ja/%s', (page) => {
  const file = join(docs, 'ja', page);
  const text = readFileSync(file, 'utf8');

  it('and the English page lead to each other', () => {
    expect(text.split('\n')[0]).toBe(`[English](../${page})`);
    expect(readFileSync(join(docs, page), 'utf8').split('\n')[0]).toBe(`[日本語](ja/${page})`);
  });

  it('links to pages and headings that are there', () => {
    for (const [, link = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (link.startsWith('https:')) continue;
      const [path = '', heading] = link.split('#');
      const target = path === '' ? file : resolve(dirname(file), path);
      expect(existsSync(target), link).toBe(true);
      if (heading !== undefined) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(heading);
    }
  });
});

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
}
