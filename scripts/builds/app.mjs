import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
      path === folder ||
      !['app.json', 'Dockerfile.best', 'Dockerfile.best.dockerignore'].includes(path.slice(folder.length + 1)),
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

/** Writes a plan's Dockerfile and the files that belong to it. */
export function writePlan(copy, plan) {
  writeFileSync(join(copy, 'Dockerfile'), plan.after);
  for (const { path, after } of plan.files) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), after);
  }
}

/** Edits one source line; the rebuild after it is timed. The text is new each time, so that no part of it is cached. */
export function changeSource(copy, { change: { file, find, replace } }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(find)) throw new Error(`${file} does not hold ${JSON.stringify(find)}`);
  writeFileSync(path, text.replace(find, `${replace} ${process.hrtime.bigint()}`));
}
