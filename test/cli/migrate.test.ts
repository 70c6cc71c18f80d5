import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const HADOLINT = `ignored:
  - DL3009
  - SC2086
override:
  error: [DL3015]
trustedRegistries: [docker.io]
label-schema: { version: semver }
failure-threshold: style
`;
const OURS = `# From .hadolint.yaml
extends: recommended
rules:
  apt-get-no-install-recommends: error
  apt-get-clean-same-layer: off
  SC2086: off
trustedRegistries:
  - docker.io
requiredLabels:
  version: semver
failOn: hint
`;

describe('migrate', () => {
  it('prints the configuration of this folder as ours', () => {
    const cwd = folderOf({ '.hadolint.yaml': HADOLINT });
    expect(runCli(['migrate'], { cwd })).toEqual({ code: 0, out: OURS, err: '' });
  });
  it('writes it beside, once', () => {
    const cwd = folderOf({ 'sub/.hadolint.yml': 'ignored: [DL3009]\n' });
    const target = join(cwd, 'sub/.dockerfile-optimizer.yaml');
    expect(runCli(['migrate', '--write', 'sub/.hadolint.yml'], { cwd }).code).toBe(0);
    const text = readFileSync(target, 'utf8');
    expect(text).toContain('apt-get-clean-same-layer: off');
    const again = runCli(['migrate', '--write', 'sub/.hadolint.yml'], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('not written');
    expect(readFileSync(target, 'utf8')).toBe(text);
  });
  it('gives the findings that .hadolint.yaml gave', () => {
    const Dockerfile = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nUSER app\n';
    const cwd = folderOf({ '.hadolint.yaml': HADOLINT, Dockerfile });
    const lint = () => runCli(['lint'], { cwd });
    const before = lint();
    expect(before.out).toContain('error `apt-get install` without --no-install-recommends');
    expect(before.out).not.toContain('apt-get-clean-same-layer');
    runCli(['migrate', '--write'], { cwd });
    expect(lint()).toEqual(before);
  });
  it('takes failure-threshold where --fail-on is not given', () => {
    const Dockerfile = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nUSER app\n';
    const cwd = folderOf({ '.hadolint.yaml': 'failure-threshold: none\n', Dockerfile });
    expect(runCli(['lint'], { cwd }).code).toBe(0);
    expect(runCli(['lint', '--fail-on', 'info'], { cwd }).code).toBe(1);
  });
  it.each([
    [['migrate'], 'No .hadolint.yaml in this folder'],
    [['migrate', 'x.yaml'], 'x.yaml: expected a .hadolint.yaml'],
    [['migrate', '.hadolint.yaml'], '.hadolint.yaml: cannot be read'],
    [['migrate', 'a', 'b'], 'migrate requires one .hadolint.yaml'],
  ])('says what is wrong with %j', (args, message) => {
    const result = runCli(args, { cwd: folderOf({}) });
    expect(result.code).toBe(2);
    expect(result.err).toContain(message);
  });
  it('writes nothing when it cannot read all of it', () => {
    const cwd = folderOf({ '.hadolint.yaml': 'ignored: [DL9999]\n' });
    const result = runCli(['migrate', '--write'], { cwd });
    expect(result.code).toBe(2);
    expect(result.err).toContain('.hadolint.yaml:1: Unknown rule "DL9999"');
    expect(() => readFileSync(join(cwd, '.dockerfile-optimizer.yaml'))).toThrow();
  });
});
