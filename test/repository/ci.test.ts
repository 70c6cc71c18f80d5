import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { bundleOnce } from '../helpers/bundleOnce';
import { folderOf } from '../helpers/cliProcess';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const SUDO = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';
/** As npx would, without fetching: it says what it was asked for and runs our bundle. */
const NPX = `#!/usr/bin/env bash
echo "$1 $2" >> "$NPX_LOG"
shift 2
exec "$NODE" "$CLI" "$@"
`;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly if?: string;
      readonly uses?: string;
    }[];
  };
}

const action: Action = parse(read('action.yml'));

/** Runs a step as a runner does: expressions for inputs are filled in, the shell is bash -eo pipefail. */
function runStep(index: number, values: Readonly<Record<string, string>>, cwd: string) {
  const { run = '', env = {} } = action.runs.steps[index] ?? {};
  const fill = (text: string) => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '');
  writeFileSync(join(cwd, 'output'), '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`,
      NODE: process.execPath,
      CLI: bundleOnce('server/src/cli/main.ts'),
      NPX_LOG: join(cwd, 'npx.log'),
      GITHUB_OUTPUT: join(cwd, 'output'),
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
    },
  });
  const lines = readFileSync(join(cwd, 'output'), 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.filter(Boolean).map((line) => line.split('=') as [string, string]));
  return { status, stdout, stderr, outputs };
}

function lint(inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) {
  const cwd = folderOf({ ...files, 'bin/npx': NPX });
  chmodSync(join(cwd, 'bin/npx'), 0o755);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default] as const);
  const values = Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [`inputs.${name}`, value]),
  );
  const result = runStep(0, values, cwd);
  const exitCode = result.outputs['exit-code'] ?? '';
  const last = runStep(2, { 'steps.lint.outputs.exit-code': exitCode }, cwd);
  const rulesIn = (name: string) =>
    JSON.parse(readFileSync(join(cwd, name), 'utf8')).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
  return { ...result, cwd, rulesIn, fails: last.status };
}

describe.skipIf(process.platform === 'win32')('the GitHub Action', () => {
  it('writes SARIF, shows the findings in the log and fails as the command line does', () => {
    const { status, stdout, outputs, rulesIn, fails, cwd } = lint({}, { Dockerfile: SUDO });
    expect({ status, fails, outputs }).toEqual({
      status: 0,
      fails: 1,
      outputs: { 'exit-code': '1', 'sarif-file': 'dockerfile-optimizer.sarif' },
    });
    expect(rulesIn('dockerfile-optimizer.sarif')).toEqual(['no-sudo']);
    expect(stdout).toContain('no-sudo');
    expect(readFileSync(join(cwd, 'npx.log'), 'utf8')).toContain(`--yes dockerfile-optimizer@${manifest.version}\n`);
  });

  it('takes several paths, a severity, a configuration, and annotates instead of uploading', () => {
    const { fails, rulesIn, stdout } = lint(
      { path: 'a b\nc\n', 'fail-on': 'error', config: 'c.yaml', 'upload-sarif': 'false', 'sarif-file': 'x.sarif' },
      { 'a b/Dockerfile': SUDO, 'c/Dockerfile': SUDO, 'd/Dockerfile': SUDO, 'c.yaml': 'rules: {no-sudo: hint}\n' },
    );
    expect(fails).toBe(0);
    expect(rulesIn('x.sarif')).toEqual(['no-sudo', 'no-sudo']);
    expect(stdout.match(/^::notice file=/gm)).toHaveLength(2);
  });

  it('takes no input for an option or a program', () => {
    const { outputs, cwd, stderr } = lint(
      { path: 'Dockerfile\n--help\n$(touch pwned)', baseline: '"; touch pwned #' },
      { Dockerfile: SUDO },
    );
    expect(outputs).toEqual({ 'exit-code': '2' });
    expect(stderr).toContain('touch pwned #: no such file');
    expect(spawnSync('ls', { cwd, encoding: 'utf8' }).stdout).not.toContain('pwned');
  });

  it('fails when the first step did not come to an end', () => {
    expect(runStep(2, {}, folderOf({})).status).toBe(2);
  });

  it('names what there is in its expressions', () => {
    expect(action.runs.using).toBe('composite');
    const used = [...read('action.yml').matchAll(/\binputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    const documented = [...read('docs/ci.md').matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);
    expect(documented).toEqual(Object.keys(action.inputs));
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks: Record<string, unknown>[] = parse(read('.pre-commit-hooks.yaml'));

  it('has hooks of the form that pre-commit wants, for Dockerfiles', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['dockerfile-optimizer', 'dockerfile-optimizer-fix']);
    for (const hook of hooks) {
      expect(Object.keys(hook).sort()).toEqual([
        'description',
        'entry',
        'id',
        'language',
        'name',
        'require_serial',
        'types',
      ]);
      expect(hook).toMatchObject({ language: 'system', types: ['dockerfile'] });
    }
  });
});

it.each(['action.yml', '.pre-commit-hooks.yaml', 'docs/ci.md'])('%s names this version', (name) => {
  const versions = [...read(name).matchAll(/(?:dockerfile-optimizer@v?|rev: v|default: )(\d+\.\d+\.\d+)/g)];
  expect(versions.length).toBeGreaterThan(0);
  for (const [, version] of versions) expect(version).toBe(manifest.version);
});

it('docs/ci.md has YAML that can be read', () => {
  const blocks = [...read('docs/ci.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => parse(text));
  expect(blocks.map((block) => Object.keys(block))).toEqual([
    ['name', 'on', 'permissions', 'jobs'],
    ['dockerfiles'],
    ['repos'],
  ]);
});
