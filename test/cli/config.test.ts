import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../helpers/cliProcess';

const folder = mkdtempSync(join(tmpdir(), 'config-test-'));
const file = join(folder, '.dockerfile-optimizer.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

const RULE = `customRules:
  acme-user:
    message: The user is app
    match:
      instruction: USER
      pattern: root
    fix:
      replacement: app
    examples:
      valid:
        - USER app
        - |
          FROM alpine
          USER VALID
      invalid:
        - code: USER root
          fixed: USER FIXED
`;
const write = (valid: string, fixed: string) =>
  writeFileSync(file, RULE.replace('VALID', valid).replace('FIXED', fixed));
const run = (...args: string[]) => runCli(['config', 'test', ...args], { cwd: folder });

describe('config test', () => {
  it('runs the examples of the nearest configuration', () => {
    write('x', 'app');
    expect(run()).toMatchObject({ code: 0, out: 'acme-user: examples that pass: 3\n', err: '' });
  });
  it('names the line of each example that fails', () => {
    write('root', 'other');
    const { code, out } = run(file);
    expect(code).toBe(1);
    expect(out.replaceAll(file, 'F')).toBe(
      'F:12: acme-user: a valid example is reported\nF:16: acme-user: the fix makes this of the example: USER app\n',
    );
    expect(JSON.parse(run('--format', 'json').out)).toMatchObject({
      version: 1,
      rules: [{ rule: 'acme-user', examples: 3, failed: [{ line: 12 }, { line: 16 }] }],
    });
  });
  it('fails for a mistake in the configuration', () => {
    writeFileSync(file, `${RULE}    colour: red\n`);
    const { code, err } = run();
    expect(code).toBe(2);
    expect(err).toContain(':18: Unknown key "colour"');
  });
  it('needs its action, and a configuration', () => {
    expect(runCli(['config'], { cwd: folder })).toMatchObject({ code: 2 });
    rmSync(file);
    expect(run().err).toContain('No .dockerfile-optimizer.yaml in this folder or above it');
  });
});

describe('lint and fix with a custom rule', () => {
  beforeAll(() => {
    writeFileSync(file, RULE.replaceAll('USER', 'LABEL'));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nLABEL a=root\n');
  });
  const lint = (...args: string[]) => runCli(['lint', 'Dockerfile', ...args], { cwd: folder });
  it('reports it in all formats, and in SARIF with its description', () => {
    expect(lint().out).toContain('Dockerfile:2:9 warning The user is app [acme-user]');
    expect(JSON.parse(lint('--format', 'json').out).files[0].findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'acme-user', aliases: [] })]),
    );
    const [{ results, tool }] = JSON.parse(lint('--format', 'sarif').out).runs;
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'acme-user');
    expect(tool.driver.rules[result.ruleIndex]).toMatchObject({ id: 'acme-user' });
    expect(tool.driver.rules[result.ruleIndex].helpUri).toBeUndefined();
  });
  it('fixes it only with --unsafe unless its author says that it is safe', () => {
    const fix = (...args: string[]) => runCli(['fix', 'Dockerfile', '--diff', ...args], { cwd: folder }).out;
    expect(fix()).not.toContain('+LABEL a=app');
    expect(fix('--unsafe')).toContain('+LABEL a=app');
    writeFileSync(file, RULE.replaceAll('USER', 'LABEL').replace('    examples', '      safety: safe\n    examples'));
    expect(fix()).toContain('+LABEL a=app');
  });
  it('lists and explains it, and takes its severity from the command line', () => {
    expect(runCli(['rules'], { cwd: folder }).out).toMatch(/^acme-user +warning +/m);
    const { out } = runCli(['explain', 'acme-user'], { cwd: folder });
    expect(out).toContain('The user is app');
    expect(out).toContain('LABEL root');
    expect(lint('--rule', 'acme-user=error').out).toContain('error The user is app [acme-user]');
    expect(lint('--rule', 'acme-usr=error').err).toContain('did you mean "acme-user"?');
  });
  it('keeps it in a baseline', () => {
    lint('--baseline', 'known.json', '--update-baseline');
    expect(lint('--baseline', 'known.json').out).not.toContain('acme-user');
  });
});
