/**
 * node bench/validateFolder.mjs <module> <export> <folder>: runs another library on each Dockerfile in a folder, in one
 * process.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [path, name, folder] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const library = require(path);
const work = {
  validate: (text) => library.validate(text),
  parse: (text) => library.DockerfileParser.parse(text).getInstructions(),
}[name];
for (const entry of readdirSync(folder)) work(readFileSync(join(folder, entry, 'Dockerfile'), 'utf8'));
