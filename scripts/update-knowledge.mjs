/**
 * node scripts/update-knowledge.mjs <clone of docker-library/repo-info> [--to <sizes.json>] [<image>:<tag> …]
 * Updates the sizes of all tags in data/sizes.json and of the given tags; tags that are not in the clone stay
 * unchanged.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './dependencies.mjs';
import { capture } from './process.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
const [clone, ...named] = positionals;
if (clone === undefined || !existsSync(join(clone, 'repos'))) {
  console.error('Usage: node scripts/update-knowledge.mjs <clone of docker-library/repo-info> [<image>:<tag> …]');
  process.exit(2);
}
const target = values.to ?? join(root, 'server/src/knowledge/data/sizes.json');
const sizes = JSON.parse(readFileSync(target, 'utf8'));
for (const image of new Set([...Object.keys(sizes), ...named])) {
  const found = sizeOf(image);
  if (found) sizes[image] = found;
  else console.error(`${image}: not in the clone for linux/amd64`);
}
const lines = Object.keys(sizes)
  .sort()
  .map((image) => {
    const { bytes, date, commit } = sizes[image];
    return `  ${JSON.stringify(image)}: { "bytes": ${bytes}, "date": "${date}", "commit": "${commit}" }`;
  });
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);

/** The compressed size for linux/amd64, and the commit that it comes from. */
function sizeOf(image) {
  const [name, tag] = image.split(':');
  const path = `repos/${name}/remote/${tag}.md`;
  if (!existsSync(join(clone, path))) return undefined;
  const [, platform = ''] = readFileSync(join(clone, path), 'utf8').split(`### \`${image}\` - linux; amd64\n`);
  const bytes = /\((\d+) bytes\)/.exec(platform.split('\n### ')[0].match(/Total Size:.*/)?.[0] ?? '')?.[1];
  if (bytes === undefined) return undefined;
  const [commit, day] = capture('git', ['-C', clone, 'log', '-1', '--format=%H %cs', '--', path]).trim().split(' ');
  return { bytes: Number(bytes), date: day.slice(0, 7), commit: commit.slice(0, 12) };
}
