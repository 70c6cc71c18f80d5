/**
 * node scripts/update-end-of-life.mjs <clone of endoflife-date/endoflife.date> [--to <endOfLife.json>]
 * Updates the dates in data/endOfLife.json: for Debian the end of long-term support, for others the end of support.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { root } from './dependencies.mjs';
import { capture } from './process.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
const [clone] = positionals;
if (clone === undefined || !existsSync(join(clone, 'products'))) {
  console.error('Usage: node scripts/update-end-of-life.mjs <clone of endoflife-date/endoflife.date>');
  process.exit(2);
}
const target = values.to ?? join(root, 'server/src/knowledge/data/endOfLife.json');
const data = JSON.parse(readFileSync(target, 'utf8'));
for (const [name, product] of Object.entries(data.products)) {
  const [, head = ''] = readFileSync(join(clone, product.file), 'utf8').split(/^---$/m);
  for (const { releaseCycle, codename, eol, eoes } of parse(head).releases) {
    const end = name === 'debian' ? (eoes ?? eol) : eol;
    const date = end instanceof Date ? end.toISOString().slice(0, 10) : String(end);
    const key = data.codenames[name]?.[releaseCycle] ?? (name === 'debian' ? codename?.toLowerCase() : releaseCycle);
    // A release may only say that it has ended, without a date.
    if (key !== undefined && /^\d{4}-\d\d-\d\d$/.test(date)) product.releases[key] = date;
  }
  const log = capture('git', ['-C', clone, 'log', '-1', '--format=%H %cs', '--', product.file]).trim();
  const [commit, day] = log.split(' ');
  product.commit = commit.slice(0, 12);
  product.date = day.slice(0, 7);
}
writeFileSync(target, `${JSON.stringify(data, null, 2)}\n`);
