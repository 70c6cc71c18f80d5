/** Prints the section of CHANGELOG.md for the version in package.json; without that section there is no release. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const parts = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
const own = parts.find((part) => part.startsWith(`[${version}]`));
if (own === undefined) {
  console.error(`CHANGELOG.md has no part [${version}]`);
  process.exit(1);
}
console.log(own.split('\n').slice(1).join('\n').trim());
