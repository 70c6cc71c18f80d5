import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporaryFolder.mjs';

/** The file that `init` writes for an app that has no Dockerfile, as a change of its own. */
export function createdChange({ name }, copy, analyzer, { createDockerfile, findPrograms, readBuildContext }) {
  const folder = temporaryFolder(`created-${name}`);
  cpSync(copy, folder, { recursive: true });
  for (const file of ['Dockerfile', '.dockerignore']) rmSync(join(folder, file), { force: true });
  const buildContext = readBuildContext(folder);
  const { programs, lacks } = findPrograms(analyzer, buildContext);
  if (programs.length !== 1) throw new Error(`init: ${JSON.stringify(programs.length > 0 ? programs : lacks)}`);
  const { text, files } = createDockerfile(analyzer, programs[0], { level: 'recommended', buildContext });
  const written = readFileSync(join(copy, 'Dockerfile'), 'utf8');
  return { id: 'created', title: 'created', text: onSameReleases(text, written), files, replacesProgram: true };
}

/** The same release as in the app's own file: the engine may have stand-ins of that one only, and no syntax image. */
function onSameReleases(text, written) {
  const releases = new Map(
    [...written.matchAll(/^FROM (\w+):(\d[\d.]*)/gm)].map(([, image, release]) => [image, release]),
  );
  return text
    .replace(/^# syntax=.*\n+/, '')
    .replace(/^(FROM (?:\w+\/)*(\w+)):\d[\d.]*/gm, (from, start, image) =>
      releases.has(image) ? `${start}:${releases.get(image)}` : from,
    );
}
