import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dependencies.mjs';
import { temporaryFolder } from '../temporaryFolder.mjs';

/** All apps in a folder, by name, with the content of app.json. */
export function listApps(folder = join(root, 'test/builds/apps')) {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'app.json')))
    .map((name) => ({
      name,
      folder: join(folder, name),
      ...JSON.parse(readFileSync(join(folder, name, 'app.json'), 'utf8')),
    }));
}

/** A copy of an app's folder to build in, without files that only the test needs. */
export function workingCopy({ folder, name, tag }) {
  const copy = temporaryFolder(`build-${name}`);
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) =>
      path === folder || !['app.json', 'Dockerfile.best', 'Dockerfile.half'].includes(path.slice(folder.length + 1)),
  });
  if (tag) makeHistory(copy, tag);
  return copy;
}

/** Creates a Git history with one tagged commit. */
function makeHistory(copy, tag) {
  const identity = ['-c', 'user.name=builds', '-c', 'user.email=builds@localhost', '-c', 'commit.gpgsign=false'];
  for (const call of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', tag],
    ['tag', tag],
  ])
    execFileSync('git', [...identity, ...call], { cwd: copy });
}

/** What is asked of the verifier for an app; `verify` of app.json is that of a configuration. */
export function verifyRequest(app, copy, text, { createLocalize, parseConfig }) {
  const config = JSON.stringify({ verify: app.verify ?? {} });
  return {
    text,
    dockerfilePath: join(copy, 'Dockerfile'),
    contextFolder: copy,
    buildArgs: new Map(),
    engine: { kind: 'docker' },
    buildOptions: buildOptions(app),
    settings: parseConfig(config, 'app.json', []).config.verify,
    isNetworkAllowed: false,
    isCommandAllowed: false,
    localize: createLocalize(undefined),
    onOutput: () => {},
    onProgress: () => {},
  };
}

/** Options of the build: its secrets as files, its arguments. */
function buildOptions({ secrets = {}, buildArgs = {} }) {
  const folder = temporaryFolder('secrets');
  return [
    '--network',
    'host',
    ...Object.entries(secrets).flatMap(([id, value]) => {
      writeFileSync(join(folder, id), value);
      return ['--secret', `id=${id},src=${join(folder, id)}`];
    }),
    ...Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ];
}
