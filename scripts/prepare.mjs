/**
 * What npm runs in a clone, so that pre-commit and `npm install git+…` get the programs: builds them when they are not
 * there. The commit of a release has them; whoever works here builds anew by each script that needs it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root } from './dependencies.mjs';
import { capture } from './process.mjs';

if (!existsSync(join(root, 'dist/cli.js'))) {
  // `npm install --global` hands its wish on to all that it starts: what builds us would go there too.
  for (const name of Object.keys(process.env))
    if (/^npm_config_(?:global|location)$/i.test(name)) delete process.env[name];
  installDependencies();
  capture('node', [join(root, 'scripts/build.mjs')]);
}
