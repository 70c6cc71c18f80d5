import { spawn } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf, runCli } from '../helpers/cliProcess';

const CLEAN = 'FROM python:3.11-slim\nUSER 1000\n';
const PIP = 'FROM python:3.11-slim\nRUN pip install a==1\nUSER 1000\n';
const PIP_FIXED = PIP.replace('install', 'install --no-cache-dir');

describe('lint', () => {
  it('shows place, severity, message, rule, the marked code and the fix', () => {
    const cwd = folderOf({ Dockerfile: PIP });
    const { code, out, err } = runCli(['lint', 'Dockerfile'], { cwd });
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(
      out,
    ).toBe(`Dockerfile:2:9 warning \`pip install\` without --no-cache-dir keeps its downloads in the layer [pip-no-cache-dir]
2 │ RUN pip install a==1
  │         ^^^^^^^
  = fix: Add --no-cache-dir

1 finding in 1 file: 1 warning; 1 fixable with \`fix\`
Rewrite: dockerfile-optimizer optimize Dockerfile
`);
  });

  it('names the other lines that a finding speaks of', () => {
    const input = 'FROM debian:12\nRUN curl -o /big.tar http://a.example/b\nRUN rm /big.tar\nUSER 1000\n';
    expect(runCli(['lint', '-'], { input }).out).toMatch(/no-remove-in-later-layer\]\n.*\n.*\n {2}= line 2: \S/);
  });

  it('exits 0 on a clean file', () => {
    expect(runCli(['lint', '-'], { input: CLEAN })).toEqual({ code: 0, out: 'No findings in 1 file\n', err: '' });
  });

  it.each([
    ['error', 0],
    ['warning', 1],
    ['info', 1],
    ['never', 0],
  ])('--fail-on %s exits %i on a warning', (failOn, code) => {
    expect(runCli(['lint', '-', '--fail-on', failOn], { input: PIP }).code).toBe(code);
  });

  it('finds Dockerfiles of all names in a folder, and nothing else', () => {
    const names = [
      'Dockerfile',
      'Dockerfile.dev',
      'a/app.Dockerfile',
      'a/app.dockerfile',
      'b/Containerfile',
      'b/app.Containerfile',
    ];
    const others = [
      'Dockerfile.dockerignore',
      'Dockerfile.md',
      'Dockerfile~',
      'node_modules/x/Dockerfile',
      '.git/Dockerfile',
      'README',
    ];
    const cwd = folderOf(Object.fromEntries([...names, ...others].map((name) => [name, PIP])));
    const { out } = runCli(['lint', '.', '--format', 'json'], { cwd });
    expect(
      JSON.parse(out)
        .files.map((file: { path: string }) => file.path)
        .sort(),
    ).toEqual(names.sort());
  });

  it('gives JSON by its contract', () => {
    const { code, out } = runCli(['lint', '-', '--format', 'json'], {
      input: 'FROM python:3.11-slim\nRUN echo 🐳 && pip install a==1\nUSER 1000\n',
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      files: [
        {
          path: '-',
          findings: [
            {
              rule: 'pip-no-cache-dir',
              aliases: [
                'DL3042',
                'DF030',
                'kics:pip_install_keeping_cached_packages',
                'semgrep:missing-pip-no-cache-dir',
              ],
              severity: 'warning',
              message: '`pip install` without --no-cache-dir keeps its downloads in the layer',
              range: { start: { line: 1, character: 19 }, end: { line: 1, character: 26 } },
              fixes: [{ title: 'Add --no-cache-dir', safety: 'safe' }],
            },
          ],
        },
      ],
    });
  });

  it('gives of the ids of hadolint the one that applies', () => {
    const input = 'FROM fedora:42\nRUN yum install -y a\nRUN dnf install -y b\n';
    const { out } = runCli(['lint', '-', '--format', 'json', '--rule', 'dnf-clean-all=warning'], { input });
    const found = JSON.parse(out).files[0].findings as { rule: string; aliases: string[] }[];
    const ids = found
      .filter(({ rule }) => rule === 'dnf-clean-all')
      .map(({ aliases }) => aliases.filter((id) => /^DL/.test(id)));
    expect(ids).toEqual([['DL3032'], ['DL3040']]);
  });

  it('gives SARIF with rules, regions from one, fixes and fingerprints', () => {
    const cwd = folderOf({ Dockerfile: PIP });
    const [run] = JSON.parse(runCli(['lint', '--format', 'sarif'], { cwd }).out).runs;
    const [result] = run.results;
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('pip-no-cache-dir');
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(result).toMatchObject({
      ruleId: 'pip-no-cache-dir',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'Dockerfile' },
            region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 16 },
          },
        },
      ],
    });
    expect(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toBe(' --no-cache-dir');
    expect(Object.values(result.partialFingerprints)[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives GitHub workflow commands with everything escaped', () => {
    const cwd = folderOf({ 'a,b:c/Dockerfile': PIP });
    const { out } = runCli(['lint', '--format', 'github'], { cwd });
    expect(out).toBe(
      '::warning file=a%2Cb%3Ac/Dockerfile,line=2,endLine=2,col=9,endColumn=16,title=pip-no-cache-dir::`pip install` without --no-cache-dir keeps its downloads in the layer\n',
    );
  });

  it('colours on request only', () => {
    expect(runCli(['lint', '-'], { input: PIP }).out).not.toContain('\u001b[');
    expect(runCli(['lint', '-'], { input: PIP, env: { FORCE_COLOR: '1' } }).out).toContain('\u001b[');
    expect(runCli(['lint', '-', '--no-color'], { input: PIP, env: { FORCE_COLOR: '1' } }).out).not.toContain('\u001b[');
  });

  it('marks wide characters, tabs and long lines at their place', () => {
    const { out } = runCli(['lint', '-'], {
      input: `FROM python:3.11-slim\nRUN echo 日本 &&\tpip install a==1 ${'x'.repeat(300)}\nUSER 1000\n`,
    });
    const [, source = '', mark = ''] = out.split('\n');
    const columns = (text: string) => [...text].reduce((sum, char) => sum + (/[日本]/.test(char) ? 2 : 1), 0);
    expect(columns(source.slice(0, source.indexOf('install')))).toBe(columns(mark.slice(0, mark.indexOf('^'))));
    expect(source.endsWith('…')).toBe(true);
  });
});

describe('configuration', () => {
  it('takes the nearest file upwards, and overrides by name', () => {
    const cwd = folderOf({
      '.dockerfile-optimizer.yaml':
        'rules:\n  pip-no-cache-dir: error\noverrides:\n  - files: "*.dev"\n    rules:\n      DL3042: off\n',
      'app/Dockerfile': PIP,
      'app/Dockerfile.dev': PIP,
    });
    const { files } = JSON.parse(runCli(['lint', '--format', 'json'], { cwd }).out);
    expect(
      files.map((file: { path: string; findings: { severity: string }[] }) => [
        file.path,
        file.findings.map(({ severity }) => severity),
      ]),
    ).toEqual([
      ['app/Dockerfile', ['error']],
      ['app/Dockerfile.dev', []],
    ]);
  });

  it('takes --config and --rule, by any name of a rule', () => {
    const cwd = folderOf({ 'other.json': '{"rules": {"pip-no-cache-dir": "off"}}', Dockerfile: PIP });
    expect(runCli(['lint', '--config', 'other.json'], { cwd }).code).toBe(0);
    expect(runCli(['lint', '--rule', 'DL3042=off'], { cwd }).code).toBe(0);
    expect(runCli(['lint', '--rule', 'pip-no-cache-dir=hint'], { cwd }).out).toContain(' hint ');
  });

  it.each([
    ['rules: [\n', /\.yaml:\d+: /],
    ['rules:\n  no-root-usr: off\n', /\.yaml:2: .*did you mean "no-root-user"/],
    ['rulez: {}\n', /\.yaml:1: .*did you mean "rules"/],
  ])('tells what is wrong in %j once, checks the files and exits 2', (text, message) => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': text, Dockerfile: PIP, 'Dockerfile.b': PIP });
    const { code, out, err } = runCli(['lint'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toContain('2 findings in 2 files');
  });
});

describe('bad input', () => {
  it('a configuration that cannot be read is named, the files are checked all the same', () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml/not-a-file': '', Dockerfile: PIP });
    const { code, out, err } = runCli(['lint'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: .*\.dockerfile-optimizer\.yaml: cannot be read\n$/);
    expect(out).toContain('1 finding in 1 file');
  });

  it.each([
    ['binary', Buffer.from('FROM a\n\u0000\u0001'), 'binary file'],
    ['large', Buffer.alloc(10 * 1024 * 1024, 'x'), 'too large'],
    ['latin1', Buffer.from([0x46, 0x52, 0xe9, 0x0a]), 'not valid UTF-8'],
  ])('a %s file is named, the others are checked, exit 2', (name, content, reason) => {
    const cwd = folderOf({ [`Dockerfile.${name}`]: content, Dockerfile: PIP });
    const { code, out, err } = runCli(['lint', '--format', 'json'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain(reason);
    const { files } = JSON.parse(out);
    expect(files.find((file: { path: string }) => file.path.endsWith(name)).error).toContain(reason);
    expect(files.find((file: { path: string }) => file.path === 'Dockerfile').findings).toHaveLength(1);
  });

  it('a missing path, an empty folder', () => {
    const cwd = folderOf({ 'src/a.txt': '' });
    expect(runCli(['lint', 'nothing'], { cwd })).toMatchObject({
      code: 2,
      err: 'error: nothing: no such file or folder\n',
    });
    expect(runCli(['lint', 'src'], { cwd })).toMatchObject({
      code: 2,
      err: 'error: src: no Dockerfile in this folder\n',
    });
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission', () => {
    const cwd = folderOf({ Dockerfile: PIP });
    chmodSync(join(cwd, 'Dockerfile'), 0);
    expect(runCli(['lint'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('permission denied') });
  });

  it('symbolic links form a loop', () => {
    const cwd = folderOf({ 'a/Dockerfile': PIP });
    symlinkSync('..', join(cwd, 'a/up'));
    symlinkSync('self', join(cwd, 'self'));
    const { code, out } = runCli(['lint', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out).files).toHaveLength(1);
    expect(runCli(['lint', 'self'], { cwd })).toMatchObject({
      code: 2,
      err: 'error: self: symbolic links form a loop\n',
    });
  });

  it.each([
    [['lnt'], 'did you mean "lint"'],
    [['lint', '--formt', 'json'], 'did you mean --format'],
    [['lint', '--format', 'jsn'], 'did you mean "json"'],
    [['lint', '--rule', 'no-root-usr=off', '-'], 'did you mean "no-root-user"'],
    [['lint', '--rule', 'no-root-user=loud', '-'], 'expected "off"'],
    [['lint', '--config', 'nothing.yaml', '-'], 'cannot be read'],
    [['fix', '--diff', '--write', '-'], 'cannot be combined'],
    [['fix', '--format', 'sarif', '-'], 'works with lint'],
    [['explain'], 'requires one rule'],
    [['explain', 'no-root-usr'], 'did you mean "no-root-user"'],
  ])('%j is wrong usage', (args, message) => {
    const { code, err } = runCli(args as string[], { input: CLEAN });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('prints the usage without a command', () => {
    expect(runCli([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage: dockerfile-optimizer') });
    expect(runCli(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: dockerfile-optimizer') });
  });

  it.each([
    [['--comments', 'ja'], '# 実行時に設定し、イメージには含めない: docker run -e API_TOKEN\n'],
    [['--lang', 'ja'], '# 実行時に設定し、イメージには含めない: docker run -e API_TOKEN\n'],
    [['--lang', 'ja', '--comments', 'en'], '# Set at run time, never in the image: docker run -e API_TOKEN\n'],
    [['--comments', 'none'], ''],
  ])('optimize %j writes its comments so', (options, comment) => {
    const input = 'FROM debian:12-slim\nENV API_TOKEN=0f3c9a7be1d2\nUSER 1000\nCMD ["bash"]\n';
    const { out } = runCli(['optimize', '-', '--level', 'all', ...options], { input });
    expect(out).toBe(`FROM debian:12-slim\n${comment}USER 1000\nCMD ["bash"]\n`);
  });

  it('prints the options of one command', () => {
    const { code, out } = runCli(['fix', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('  --unsafe ');
    expect(out).not.toContain('--baseline');
  });

  it('ends quietly when its reader goes away', async () => {
    const cwd = folderOf({ Dockerfile: `FROM debian:12\n${'RUN sudo ls\nENV A=1\n'.repeat(3000)}` });
    const child = spawn(process.execPath, [CLI, 'lint'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (text) => (err += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(err).toBe('');
    expect([0, 1]).toContain(code);
  });
});

describe('fix', () => {
  it('shows a diff and writes nothing without --write', () => {
    const cwd = folderOf({ Dockerfile: PIP });
    const { code, out } = runCli(['fix'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('+RUN pip install --no-cache-dir a==1');
    expect(out).toContain('--write');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(PIP);
  });

  it('writes in one step, keeps the mode, line ends, byte-order mark and links', () => {
    const text = `\ufeff${PIP.replaceAll('\n', '\r\n')}`;
    const cwd = folderOf({ 'real/Dockerfile': text });
    chmodSync(join(cwd, 'real/Dockerfile'), 0o640);
    mkdirSync(join(cwd, 'link'));
    symlinkSync('../real/Dockerfile', join(cwd, 'link/Dockerfile'));
    expect(runCli(['fix', '--write', 'link/Dockerfile'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'real/Dockerfile'), 'utf8')).toBe(`\ufeff${PIP_FIXED.replaceAll('\n', '\r\n')}`);
    expect(statSync(join(cwd, 'real/Dockerfile')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(cwd, 'link/Dockerfile')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['Dockerfile']);
  });

  it('filters standard input', () => {
    expect(runCli(['fix', '-'], { input: PIP })).toEqual({ code: 0, out: PIP_FIXED, err: '' });
    expect(runCli(['fix', '-'], { input: CLEAN })).toEqual({ code: 0, out: CLEAN, err: '' });
  });

  it('applies what may change behavior with --unsafe only', () => {
    const text = 'FROM python:3.11\nCMD ["python"]\n';
    expect(runCli(['fix', '-'], { input: text }).out).toBe(text);
    expect(runCli(['fix', '-', '--unsafe'], { input: text }).out).toContain('FROM python:3.11-slim\n');
  });

  it('--diff prints a diff that git applies', () => {
    const { out } = runCli(['fix', '-', '--diff'], { input: PIP });
    expect(out).toBe(
      '--- a/-\n+++ b/-\n@@ -1,3 +1,3 @@\n FROM python:3.11-slim\n-RUN pip install a==1\n+RUN pip install --no-cache-dir a==1\n USER 1000\n',
    );
  });
});

describe('optimize', () => {
  const text = 'FROM python:3.11\nRUN pip install a==1\nCMD python app.py\n';

  it('prints the plan with reasons, then the diff', () => {
    const cwd = folderOf({ Dockerfile: text });
    const { code, out } = runCli(['optimize'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/1\. Write CMD in exec form \(safe\) \[exec-form-cmd\]\n {3}In shell form/);
    expect(out).toContain('[multi-stage]\n');
    expect(out).toMatch(/1 layer on a base of about \d+ MB → 2 layers on a base of about \d+ MB\n/);
    const safe = runCli(['optimize', '--level', 'safe'], { cwd }).out;
    expect(safe).toContain('Also available at a higher --level:\n');
    expect(safe).toContain('- Build the Python app in a separate stage and run it on python:3.11-slim. Risk: ');
    expect(out).toContain('+CMD ["python", "app.py"]');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(text);
  });

  it('--write makes the files beside it that are not there yet', () => {
    const cwd = folderOf({
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      'package.json': '{}',
      'package-lock.json': '{"lockfileVersion": 3}',
      '.git/HEAD': 'ref: refs/heads/main\n',
    });
    expect(runCli(['optimize', '--write'], { cwd }).err).toBe('');
    expect(readFileSync(join(cwd, '.dockerignore'), 'utf8')).toContain('.git');
    expect(readdirSync(cwd).sort()).toEqual([
      '.dockerignore',
      '.git',
      'Dockerfile',
      'package-lock.json',
      'package.json',
    ]);
  });

  it('gives JSON by its contract', () => {
    const { out } = runCli(['optimize', '-', '--level', 'all', '--format', 'json'], { input: text });
    const { version, files } = JSON.parse(out);
    expect(version).toBe(1);
    expect(files).toHaveLength(1);
    expect(Object.keys(files[0])).toEqual(['path', 'before', 'after', 'steps', 'skipped', 'files', 'summary']);
    expect(files[0].before).toBe(text);
    const slim = files[0].steps.find((step: { id: string }) => step.id === 'prefer-slim-base');
    expect(Object.keys(slim)).toEqual(['id', 'title', 'safety', 'reason', 'risk', 'impactBytes']);
    expect(slim.impactBytes).toBeLessThan(-100_000_000);
  });

  it('has nothing to say of its own result', () => {
    const cwd = folderOf({ Dockerfile: text });
    expect(runCli(['optimize', '--write'], { cwd }).code).toBe(0);
    const written = readFileSync(join(cwd, 'Dockerfile'), 'utf8');
    expect(written).toContain('USER app');
    expect(runCli(['optimize', '--write'], { cwd }).out).toContain('nothing to change');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(written);
  });
});

describe('rules and explain', () => {
  it('lists every rule', () => {
    const { code, out } = runCli(['rules', '--format', 'json']);
    expect(code).toBe(0);
    const { version, rules } = JSON.parse(out);
    expect(version).toBe(1);
    expect(rules.map((rule: { id: string }) => rule.id)).toContain('no-root-user');
    expect(runCli(['rules']).out.split('\n').length).toBe(rules.length + 1);
  });

  it('explains a rule by any of its names', () => {
    const { code, out } = runCli(['explain', 'DL3002']);
    expect(code).toBe(0);
    expect(out).toMatch(/^no-root-user\n/);
    expect(out).not.toContain('```');
  });
});
