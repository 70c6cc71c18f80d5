import { describe, expect, it } from 'vitest';
import { checkMarkdown } from '../../../client/src/reports/checkMarkdown';
import type { CheckReport } from '../../../server/src/protocol';

const l10n = {
  t: (english: string, ...values: (string | number)[]) =>
    english.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
};

function report(files: CheckReport['files']): CheckReport {
  return { kind: 'check', name: 'shop', checkedAt: '2026-11-25T15:04:00.000Z', files, isCutOff: false };
}

describe('the report of a workspace as Markdown', () => {
  it('has a table for each file with findings, and nothing for the others', () => {
    const start = { line: 4, character: 0 };
    const finding = {
      rule: 'no-root-user',
      aliases: [],
      severity: 'error' as const,
      message: '`USER a|b` is <root>',
      range: { start, end: start },
      fixes: [],
    };
    const text = checkMarkdown(
      report([
        { uri: 'file:///a', path: 'a_b/Dockerfile', findings: [finding] },
        { uri: 'file:///b', path: 'b/Dockerfile', findings: [] },
        { uri: 'file:///c', path: 'c', findings: [], error: 'binary' },
      ]),
      l10n,
    );
    expect(text).toBe(
      [
        '# Dockerfiles: shop',
        '1 findings in 3 files, 2026-11-25T15:04:00.000Z',
        '## a\\_b/Dockerfile',
        '| Line | Severity | Finding | Rule |\n| ---: | --- | --- | --- |\n| 5 | error | `USER a\\|b` is \\<root\\> | `no-root-user` |',
        '## c',
        'binary',
        '',
      ].join('\n\n'),
    );
  });
});
