import { describe, expect, it } from 'vitest';
import { exactBytes, sizeText } from '../../server/src/text/byteText';

describe('bytes as text', () => {
  it.each([
    [1_123_400_000, '1.12 GB', '1.12 GB'],
    [1_000_000_000, '1.00 GB', '1.00 GB'],
    [999_400_000, '999 MB', '999.4 MB'],
    [364_249_000, '364 MB', '364.2 MB'],
    [9_400_000, '9.4 MB', '9.4 MB'],
    [19_900, '20 kB', '19.9 kB'],
    [700, '700 B', '700 B'],
  ])('%d is about %s, measured %s', (bytes, about, measured) => {
    expect([sizeText(bytes), exactBytes(bytes)]).toEqual([about, measured]);
  });
});
