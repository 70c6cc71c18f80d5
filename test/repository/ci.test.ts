import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { CLI } from '../helpers/builtPrograms';
import { folderOf } from '../helpers/cliProcess';
import { hostileFiles, wasPwned } from '../helpers/hostileCheckout.mjs';
import { CURL_LAYERS } from '../images/curlLayers';
import { fakeEngine } from '../images/fakeEngine';
import { newDockerArchive } from '../images/tarBytes';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const SUDO = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';

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

type Texts = Readonly<Record<string, string>>;

/** A runner's folders: the checkout, the Action at a release, and a temporary one. */
function runner(files: Texts, programs = '') {
  return {
    checkout: folderOf(files),
    actionPath: folderOf({ 'dist/cli.js': `require(${JSON.stringify(CLI)});\n` }),
    temporary: folderOf({}),
    programs,
  };
}

/** Runs a step as a runner does: expressions for inputs are filled in, the shell is bash -eo pipefail. */
function runStep(
  index: number,
  values: Texts,
  { checkout, actionPath, temporary, programs }: ReturnType<typeof runner>,
) {
  const { run = '', env = {} } = action.runs.steps[index] ?? {};
  const fill = (text: string) => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '');
  const output = join(temporary, 'output');
  writeFileSync(output, '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: checkout,
    encoding: 'utf8',
    env: {
      PATH: [programs, process.env['PATH']].filter(Boolean).join(':'),
      GITHUB_ACTION_PATH: actionPath,
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(temporary, 'summary.md'),
      // As a step before may have set them for programs of its own.
      NODE_OPTIONS: '--require ./pwn.cjs',
      NODE_PATH: './node_modules',
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
    },
  });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.filter(Boolean).map((line) => line.split('=') as [string, string]));
  return { status, stdout, stderr, outputs };
}

/** The steps in their order. */
const [LINT, MEASURE, END] = [0, 1, 3];

function lint(inputs: Texts, where: ReturnType<typeof runner>) {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default] as const);
  const values = Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [`inputs.${name}`, value]),
  );
  const result = runStep(LINT, values, where);
  const exitCode = result.outputs['exit-code'] ?? '';
  const measured = inputs['measure'] === undefined ? undefined : runStep(MEASURE, values, where);
  const measureCode = measured?.outputs['exit-code'] ?? '';
  const codes = { 'steps.lint.outputs.exit-code': exitCode, 'steps.measure.outputs.exit-code': measureCode };
  const last = runStep(END, { ...values, ...codes }, where);
  const file = result.outputs['sarif-file'] ?? '';
  return {
    ...result,
    measured,
    file,
    fails: last.status,
    rules: file === '' ? [] : rulesIn(resolve(where.checkout, file)),
  };
}

function rulesIn(sarif: string): string[] {
  return JSON.parse(readFileSync(sarif, 'utf8')).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
}

describe.skipIf(process.platform === 'win32')('the GitHub Action', () => {
  it('lints once: SARIF into the temporary folder, the findings into the log, and fails as the command line does', () => {
    const where = runner({ Dockerfile: SUDO });
    const { status, stdout, outputs, rules, fails } = lint({}, where);
    const sarif = join(where.temporary, 'dockerfile-optimizer.sarif');
    const markdown = join(where.temporary, 'dockerfile-optimizer.md');
    expect({ status, fails, outputs }).toEqual({
      status: 0,
      fails: 1,
      outputs: { 'exit-code': '1', 'sarif-file': sarif, 'markdown-file': markdown },
    });
    expect(readFileSync(markdown, 'utf8')).toContain('`no-sudo`');
    expect(readFileSync(join(where.temporary, 'summary.md'), 'utf8')).toContain('`no-sudo`');
    expect(rules).toEqual(['no-sudo']);
    expect(stdout).toContain('[no-sudo]');
    expect(stdout).not.toMatch(/^::(?:error|warning|notice)/m);
    expect(read('action.yml').match(/"\$cli" lint/g)).toHaveLength(1);
  });

  it('takes several paths, a severity, a configuration, and annotates instead of uploading', () => {
    const where = runner({
      'a b/Dockerfile': SUDO,
      'c/Dockerfile': SUDO,
      'd/Dockerfile': SUDO,
      'c.yaml': 'rules: {no-sudo: hint}\n',
    });
    const inputs = { path: 'a b\nc\n', 'fail-on': 'error', config: 'c.yaml', 'upload-sarif': 'false' };
    const { fails, rules, stdout, file } = lint({ ...inputs, 'sarif-file': 'x.sarif' }, where);
    expect({ fails, file }).toEqual({ fails: 0, file: 'x.sarif' });
    expect(rules).toEqual(['no-sudo', 'no-sudo']);
    expect(stdout.match(/^::notice file=/gm)).toHaveLength(2);
  });

  describe('with images to measure', () => {
    const text = 'FROM debian:12-slim\nUSER 1000\nRUN curl\nRUN rm curl\n';
    const archive = newDockerArchive({
      history: [
        { created_by: 'ADD rootfs.tar / # buildkit' },
        { created_by: 'USER 1000', empty_layer: true },
        { created_by: 'RUN /bin/sh -c curl # buildkit' },
        { created_by: 'RUN /bin/sh -c rm curl # buildkit' },
      ],
      layers: CURL_LAYERS,
    });
    const measured = (files: Texts, more: Texts = {}) => {
      const image = join(folderOf({ 'image.tar': archive }), 'image.tar');
      const engine = fakeEngine('docker', { save: `cat ${image}`, build: 'echo "::error::of a build" >&2' });
      const where = runner({ Dockerfile: text, ...files }, engine.folder);
      return {
        ...lint({ measure: 'Dockerfile\n', 'upload-sarif': 'false', 'fail-on': 'never', ...more }, where),
        where,
      };
    };

    it('fails over the budget of the configuration, and says so in the summary and in the file for a comment', () => {
      const {
        measured: step,
        fails,
        outputs,
        where,
      } = measured({
        '.dockerfile-optimizer.yaml': 'budget: {layers: 1}\n',
      });
      expect({ code: step?.outputs['exit-code'], lint: outputs['exit-code'], fails }).toEqual({
        code: '1',
        lint: '0',
        fails: 1,
      });
      for (const file of [outputs['markdown-file'] ?? '', join(where.temporary, 'summary.md')])
        expect(readFileSync(file, 'utf8')).toMatch(/^## Dockerfile$[\s\S]*2 layers instead of 1/m);
      // What a build prints is no command to the runner.
      expect(step?.stdout).toMatch(/^::stop-commands::(\S+)\n[\s\S]*\n::\1::\n$/);
    });

    it('passes within the budget', () => {
      const { measured: step, fails } = measured({ '.dockerfile-optimizer.yaml': 'budget: {layers: 2}\n' });
      expect({ code: step?.outputs['exit-code'], fails }).toEqual({ code: '0', fails: 0 });
    });

    it('fails without a budget, or when one of several cannot be built', () => {
      expect(measured({}).fails).toBe(2);
      const budget = { '.dockerfile-optimizer.yaml': 'budget: {layers: 9}\n' };
      expect(measured(budget, { measure: 'gone/Dockerfile\nDockerfile' }).fails).toBe(2);
    });
  });

  it('takes no input for an option or a program', () => {
    const where = runner({ Dockerfile: SUDO });
    const inputs = { path: 'Dockerfile\n--help\n$(touch pwned)', baseline: '"; touch pwned #' };
    const { outputs, stderr } = lint(inputs, where);
    expect(outputs).toMatchObject({ 'exit-code': '2', 'sarif-file': '' });
    expect(stderr).toContain('touch pwned #: no such file');
    expect(wasPwned(where.checkout)).toBe(false);
  });

  it('runs nothing of a hostile checkout, whose configuration and text make no pass', () => {
    const { files, programs } = hostileFiles();
    const where = runner(files);
    for (const name of programs) chmodSync(join(where.checkout, name), 0o755);
    const { outputs, fails, rules, stdout, stderr } = lint({ 'upload-sarif': 'false' }, where);
    expect(wasPwned(where.checkout)).toBe(false);
    expect({ code: outputs['exit-code'], fails }).toEqual({ code: '2', fails: 2 });
    expect(rules).toContain('no-sudo');
    expect(stderr).toContain('expected a path inside the folder of this configuration');
    // Between these two the runner listens to nothing.
    const [, token = '', log = '', after = ''] = /^::stop-commands::(\S+)\n(.*)^::\1::\n(.*)$/ms.exec(stdout) ?? [];
    expect(log).toContain('##[set-output');
    expect(log).not.toContain(token);
    for (const line of after.trim().split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) file=[^:]*::/);
  });

  it('writes over neither an old report nor through a link that the checkout brings', () => {
    const where = runner({ Dockerfile: SUDO, 'other.txt': 'mine' });
    symlinkSync('other.txt', join(where.checkout, 'x.sarif'));
    expect(lint({ 'sarif-file': 'x.sarif' }, where).rules).toEqual(['no-sudo']);
    expect(readFileSync(join(where.checkout, 'other.txt'), 'utf8')).toBe('mine');
    expect(lint({ 'sarif-file': 'x.sarif', 'fail-on': 'always' }, where).outputs).toMatchObject({
      'exit-code': '2',
      'sarif-file': '',
    });
    expect(existsSync(join(where.checkout, 'x.sarif'))).toBe(false);
  });

  it('says what to do where its commit has no built command line', () => {
    const where = { ...runner({ Dockerfile: SUDO }), actionPath: folderOf({}) };
    const { status, stdout, fails } = lint({}, where);
    expect({ status, fails }).toEqual({ status: 2, fails: 2 });
    expect(stdout).toMatch(/^::error::.*Use a release/);
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
      expect(hook).toMatchObject({ language: 'node', types: ['dockerfile'] });
    }
  });
});

it('docs/ci.md names this version', () => {
  for (const name of [
    'docs/ci.md',
    'docs/ja/ci.md',
    'README.md',
    'README.ja.md',
    'docs/editors.md',
    'docs/ja/editors.md',
  ]) {
    const versions = [...read(name).matchAll(/(?:dockerfile-optimizer@v?|rev: v|\/v|optimizer-)(\d+\.\d+\.\d+)/g)];
    expect(versions.length).toBeGreaterThan(0);
    for (const [, version] of versions) expect(version).toBe(manifest.version);
  }
});

it.each([
  'README.md',
  'README.ja.md',
  'action.yml',
  '.pre-commit-hooks.yaml',
  'docs/ci.md',
  'docs/ja/ci.md',
  'docs/editors.md',
])('%s installs by no name that anybody may take', (name) => {
  expect(read(name)).not.toMatch(/npx --yes|npm install (?:--?\S+ )*dockerfile-optimizer/);
});

interface Job {
  readonly before_script: readonly string[];
  readonly script: readonly string[];
}

describe.skipIf(process.platform === 'win32')('GitLab CI', () => {
  it('installs and lints without running anything of a hostile checkout', () => {
    const { files, programs } = hostileFiles();
    const checkout = folderOf({ ...files, '.dockerfile-optimizer.yaml': '' });
    for (const name of programs) chmodSync(join(checkout, name), 0o755);
    const [job] = yamlOf('docs/ci.md').flatMap(({ dockerfiles }) => dockerfiles ?? []);
    const opt = folderOf({});
    const commands = [...(job?.before_script ?? []), ...(job?.script ?? [])].map((command) =>
      command.replaceAll('/opt', opt).replace(/https:\S+\.tgz/, releaseTarball()),
    );
    for (const command of commands) {
      const { status, stderr } = spawnSync('bash', ['-c', command], {
        cwd: checkout,
        encoding: 'utf8',
        env: { ...process.env, HOME: opt },
      });
      expect([0, 1], stderr).toContain(status);
    }
    expect(wasPwned(checkout)).toBe(false);
    const report = JSON.parse(readFileSync(join(checkout, 'gl-code-quality-report.json'), 'utf8'));
    expect(report.map(({ check_name: rule }: { check_name: string }) => rule)).toContain('no-sudo');
  });
});

/** As much of a release's file as these commands use. */
function releaseTarball(): string {
  const folder = folderOf({
    'package.json': JSON.stringify({ name: manifest.name, version: manifest.version }),
    'dist/cli.js': `require(${JSON.stringify(CLI)});\n`,
  });
  const { stdout } = spawnSync('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: folder, encoding: 'utf8' });
  return join(folder, stdout.trim());
}

function yamlOf(name: string): { readonly dockerfiles?: Job }[] {
  return [...read(name).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => parse(text));
}

it('docs/ci.md has YAML that can be read, the same in both languages', () => {
  const blocks = yamlOf('docs/ci.md');
  expect(blocks.map((block) => Object.keys(block))).toEqual([
    ['name', 'on', 'permissions', 'jobs'],
    ['0'],
    ['dockerfiles'],
    ['repos'],
  ]);
  expect(yamlOf('docs/ja/ci.md')).toEqual(blocks);
});
