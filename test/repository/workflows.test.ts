import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { findActionlint } from '../../scripts/actionlint.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const names = readdirSync(folder);
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('the workflows', () => {
  const { program } = findActionlint();

  it.skipIf(program === undefined)('are clean for actionlint', () => {
    const files = names.map((name) => join(folder, name));
    // ShellCheck has findings of its own, by its version.
    const { status, stdout } = spawnSync(program ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', ...files], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it.each(names)('%s may do no more than it has to, and starts what is there', (name) => {
    const workflow = parse(readFileSync(join(folder, name), 'utf8'));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, script = ''] of text.matchAll(/node (scripts\/[\w.-]+)/g))
      expect(existsSync(join(root, script))).toBe(true);
    // What others write would be run: it comes through variables alone.
    for (const [, script = ''] of text.matchAll(/run: (\|(?:\n {10,}.*)+|.*)/g)) expect(script).not.toContain('${{');
  });
});

it('CHANGELOG.md says what is new in this version, as the release does', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'scripts/releaseNotes.mjs')], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^### /m);
  expect(read('CHANGELOG.md')).toContain(`\n## [${manifest.version}] - `);
});
