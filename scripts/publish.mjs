/**
 * npm run publish-release -- [--dry-run] [--to npm,marketplace,open-vsx]
 * Packs the extension and the npm package, and publishes these files. Tokens come from the environment: VSCE_PAT,
 * OVSX_PAT, and for npm whatever npm itself supports. `--dry-run` publishes nothing: npm has that built in, and the
 * others connect to a stand-in on this machine.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './dependencies.mjs';
import { packageExtension } from './package.mjs';
import { packNpm } from './packNpm.mjs';
import { captureAsync } from './process.mjs';
import { startStandIn } from './publishStandIn.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';

const OVSX = 'ovsx@1.4.0';

/** The command for each destination; with a stand-in, it gets the stand-in's URL and a dummy token. */
const DOORS = {
  npm: ({ tarball, standIn }) => {
    // If the workflow can identify itself, npm records what the package was built from.
    const provenance = process.env.ACTIONS_ID_TOKEN_REQUEST_URL && !standIn ? ['--provenance'] : [];
    return ['npm', ['publish', tarball, '--access', 'public', ...provenance, ...(standIn ? ['--dry-run'] : [])], {}];
  },
  marketplace: ({ vsix, standIn }) => [
    'node',
    [join(root, 'node_modules/@vscode/vsce/vsce'), 'publish', '--packagePath', vsix],
    standIn ? { VSCE_MARKETPLACE_URL: standIn.url, VSCE_PAT: 'none' } : {},
  ],
  'open-vsx': ({ vsix, standIn }) => [
    'npm',
    ['exec', '--yes', `--package=${OVSX}`, '--', 'ovsx', 'publish', vsix],
    standIn ? { OVSX_REGISTRY_URL: standIn.url, OVSX_PAT: 'none' } : {},
  ],
};

/** @returns {Promise<{name: string, holds: boolean, detail: string}[]>} what was published where */
export async function publish({ to = Object.keys(DOORS), isDryRun }) {
  const { file: vsix } = packageExtension();
  const { file: tarball } = packNpm();
  const standIn = isDryRun ? await startStandIn() : undefined;
  const checks = [];
  for (const name of to) {
    const [command, args, env] = DOORS[name]({ vsix, tarball, standIn });
    // Outside of the sources, so that npm does not read their settings.
    const options = { cwd: temporaryFolder('publish'), env: { ...process.env, ...env } };
    try {
      const detail = await captureAsync(command, args, options);
      checks.push({ name, holds: true, detail });
    } catch (error) {
      checks.push({ name, holds: false, detail: error.message });
    }
  }
  standIn?.stop();
  return checks;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false }, to: { type: 'string' } } });
  const to = values.to?.split(',');
  const unknown = to?.filter((name) => !Object.hasOwn(DOORS, name)) ?? [];
  if (unknown.length > 0) {
    console.error(`--to takes ${Object.keys(DOORS).join(', ')}`);
    process.exit(2);
  }
  const checks = await publish({ to, isDryRun: values['dry-run'] });
  for (const { name, holds, detail } of checks) console.log(holds ? `✓ ${name}` : `✗ ${name}: ${detail}`);
  process.exitCode = checks.every(({ holds }) => holds) ? 0 : 1;
}
