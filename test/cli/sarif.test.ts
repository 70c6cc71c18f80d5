import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
  readonly message?: { readonly text: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

const SUDO_TWICE = 'FROM debian:12\nRUN sudo ls\nRUN sudo ls\nUSER 1000\n';

function lint(args: readonly string[], cwd: string) {
  const { code, out, err } = runCli(['lint', '--format', 'sarif', ...args], { cwd });
  const log = JSON.parse(out);
  const results: readonly Result[] = log.runs[0].results;
  return { code, err, log, run: log.runs[0], results };
}

describe('SARIF', () => {
  it('has what version 2.1.0 demands of a log, its rules and results', () => {
    const { log, run, results } = lint([], folderOf({ Dockerfile: SUDO_TWICE }));
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif-2\.1\.0/);
    expect(log.runs).toHaveLength(1);
    const { name, rules } = run.tool.driver;
    expect(name).toBe('Dockerfile Optimizer');
    const ids = rules.map((rule: { id: string }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of rules) {
      expect(rule.shortDescription.text).not.toBe('');
      expect(rule.fullDescription.text).not.toBe('');
      expect(rule.help.text).not.toBe('');
      expect(rule.helpUri).toMatch(/^https:\/\//);
      expect(['none', 'note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
    }
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      for (const { physicalLocation } of result.locations) {
        for (const number of Object.values(physicalLocation.region)) expect(number).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('tells equal findings of one file apart, and knows them again on other lines', () => {
    const prints = (text: string) =>
      lint([], folderOf({ Dockerfile: text }))
        .results.filter((result) => result.ruleId === 'no-sudo')
        .map((result) => Object.values(result.partialFingerprints)[0]);
    const before = prints(SUDO_TWICE);
    expect(new Set(before).size).toBe(2);
    expect(prints(SUDO_TWICE.replace('RUN', '\n# a comment\nRUN'))).toEqual(before);
  });

  it('escapes paths as URIs, absolute ones as file URIs', () => {
    const cwd = folderOf({ 'a b#c/Dockerfile': SUDO_TWICE });
    const uris = (path: string) =>
      new Set(lint([path], cwd).results.map((result) => result.locations[0]?.physicalLocation.artifactLocation.uri));
    expect(uris('.')).toEqual(new Set(['a%20b%23c/Dockerfile']));
    const absolute = join(cwd, 'a b#c/Dockerfile');
    expect(uris(absolute)).toEqual(new Set([pathToFileURL(absolute).href]));
  });

  it('gives the other places that a finding speaks of', () => {
    const { results } = lint(
      [],
      folderOf({ Dockerfile: 'FROM debian:12\nRUN curl -o /big.tar http://a.example/b\nRUN rm /big.tar\nUSER 1000\n' }),
    );
    const result = results.find(({ ruleId }) => ruleId === 'no-remove-in-later-layer');
    expect(result?.relatedLocations?.map((one) => one.physicalLocation.region.startLine)).toEqual([2]);
    expect(result?.relatedLocations?.[0]?.message?.text).not.toBe('');
  });

  it('says what could not be read, and that the run failed', () => {
    const { code, run, results } = lint([], folderOf({ Dockerfile: SUDO_TWICE, 'Dockerfile.bin': Buffer.from([0]) }));
    expect(code).toBe(2);
    expect(results.length).toBeGreaterThan(0);
    const [invocation] = run.invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toHaveLength(1);
    expect(invocation.toolExecutionNotifications[0].message.text).toContain('binary');
  });

  it('says that the run failed when a configuration is broken', () => {
    const { code, run } = lint([], folderOf({ Dockerfile: SUDO_TWICE, '.dockerfile-optimizer.yaml': 'rules: [\n' }));
    expect(code).toBe(2);
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });
});
