import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Cases of other tools: they lie beside the repository, when at all. */
const folder = resolve(import.meta.dirname, '../../../shared/conformance');

/** What we say as the tool says it, in percent at least; each of the others has a reason in docs/parity.md. */
const SHARES: Readonly<Record<string, number>> = {
  hadolint: 98,
  buildkit: 98,
  trivy: 96,
  checkov: 96,
  kics: 91,
  semgrep: 92,
  sonar: 90,
};

describe.skipIf(!existsSync(folder))('cases of other tools', () => {
  it('are told as the tools tell them, or otherwise for a reason', () => {
    const output = execFileSync(process.execPath, ['scripts/conformance.mjs', '--json', '--cases', folder], {
      encoding: 'utf8',
    });
    const rows = output
      .trim()
      .split('\n')
      .map((line): { tool: string; percent: number; unexplained: string[] } => JSON.parse(line));
    expect(rows.map(({ tool }) => tool)).toEqual(Object.keys(SHARES));
    for (const { tool, percent, unexplained } of rows) {
      expect(unexplained, tool).toEqual([]);
      expect(percent, tool).toBeGreaterThanOrEqual(SHARES[tool] ?? 100);
    }
  }, 60_000);
});
