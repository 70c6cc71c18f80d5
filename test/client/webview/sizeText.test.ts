import { describe, expect, it } from 'vitest';
import { sizeText } from '../../../client/src/webview/sizeText';

describe('sizeText', () => {
  it.each([
    [1_234_000_000, '1.23 GB'],
    [870_400_000, '870 MB'],
    [10_000_000, '10 MB'],
    [9_960_000, '10.0 MB'],
    [2_340_000, '2.3 MB'],
    [100_000, '0.1 MB'],
    [99_400, '99 kB'],
    [1000, '1 kB'],
    [999, '999 B'],
    [0, '0 B'],
  ])('%d is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
