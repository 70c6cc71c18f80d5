import { describe, expect, it } from 'vitest';
import { newestPatch } from '../../server/src/reports/newestPatch';

describe('the newest patch', () => {
  const tags = [
    '3.11',
    '3.11.4',
    '3.11.9',
    '3.11.10',
    '3.11.10-slim',
    '3.12.1',
    '3.11.11rc1',
    '3.11.9-slim',
    'v3.11.12',
  ];

  it('is of the same line and of the same kind', () => {
    expect(newestPatch('3.11.4', tags)).toBe('3.11.10');
    expect(newestPatch('3.11.4-slim', tags)).toBe('3.11.10-slim');
    expect(newestPatch('3.11.4-alpine', tags)).toBeUndefined();
  });

  it('is nothing for the newest, for tags that move, and for words', () => {
    for (const tag of ['3.11.10', '3.11', '3', 'latest', 'bookworm']) expect(newestPatch(tag, tags)).toBeUndefined();
  });
});
