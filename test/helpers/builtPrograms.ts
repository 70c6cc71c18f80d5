import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');
/** The sources of dist. */
const SOURCES = ['server/src', 'client/src', 'scripts', 'package.json', 'package-lock.json'];

export const CLI: string = join(root, 'dist/cli.js');
export const SERVER: string = join(root, 'dist/server.js');

/**
 * Run by vitest before tests that start these programs: they are the shipped programs, built from the current sources.
 */
export function setup(project: TestProject): void {
  buildChanged();
  project.onTestsRerun(buildChanged);
}

function buildChanged(): void {
  const built = statSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((name) => newestIn(join(root, name)) > built))
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs')]);
}

function newestIn(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
