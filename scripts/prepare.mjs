/**
 * npm runs this in a clone, so that pre-commit and `npm install git+…` get the programs: builds them if they are
 * missing. The commit of a release contains them; during development, each script that needs them builds them again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root } from './dependencies.mjs';
import { capture } from './process.mjs';

if (!existsSync(join(root, 'dist/cli.js'))) {
  // `npm install --global` passes its settings on to child processes: our build dependencies would be installed
  // globally too.
  for (const name of Object.keys(process.env))
    if (/^npm_config_(?:global|location)$/i.test(name)) delete process.env[name];
  installDependencies();
  capture('node', [join(root, 'scripts/build.mjs')]);
}
