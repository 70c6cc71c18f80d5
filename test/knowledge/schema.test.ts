import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

const folder = 'server/src/knowledge/data';
const read = (path: string): object => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'));

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
ajv.addFormat('regex', (text: string) => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
});
const validatorOf = (name: string) => ajv.compile(read(`schema/${name}.schema.json`));

describe('the embedded data', () => {
  it.each(names)('keeps to its schema: %s', (name) => {
    const validate = validatorOf(name);
    validate(read(`${name}.json`));
    expect(validate.errors?.slice(0, 5) ?? []).toEqual([]);
  });

  it('may not be without a source, a date or a pattern that compiles', () => {
    const validSize = { bytes: 1_000_000, date: '2026-09', commit: '0123456789ab' };
    const sizes = validatorOf('sizes');
    expect(sizes({ 'a:1': validSize })).toBe(true);
    for (const wrong of [{ commit: undefined }, { date: '2026-13' }, { bytes: 1.5 }, { more: true }])
      expect(sizes({ 'a:1': JSON.parse(JSON.stringify({ ...validSize, ...wrong })) })).toBe(false);
    const families = validatorOf('families');
    const family = { names: ['a'], source: 'b', date: '2026-09' };
    const withFamily = (more: object) => families({ about: 'c', asOf: '2026-09', families: [{ ...family, ...more }] });
    expect(withFamily({ cmd: [{ tags: '^1', value: 'd' }] })).toBe(true);
    for (const wrong of [{ cmd: [{ tags: '(', value: 'd' }] }, { source: '' }, { distro: 'beos' }, { sice: 1 }])
      expect(withFamily(wrong)).toBe(false);
  });

  it('is in order, and as large as is promised', () => {
    const sizes = Object.keys(read('sizes.json'));
    expect(sizes).toEqual([...sizes].sort());
    expect(new Set(sizes.map((image) => image.split(':')[0])).size).toBeGreaterThanOrEqual(81);
    const { table, sizes: kib, packages } = read('packageSizes.json') as Record<string, object>;
    expect(Object.keys(table ?? {})).toHaveLength(Object.keys(kib ?? {}).length);
    expect(Object.keys(packages ?? {}).length).toBeGreaterThanOrEqual(150);
  });
});
