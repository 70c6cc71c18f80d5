import { describe, expect, it } from 'vitest';
import { targetOf } from '../../server/src/verify/runOptions';

describe('a volume', () => {
  it.each([
    ['./fixtures:/fixtures:ro', '/fixtures'],
    ['/data', '/data'],
    ['C:\\data:/data:ro', '/data'],
    ['named:/var/lib/x', '/var/lib/x'],
  ])('%s is at %s', (volume, target) => {
    expect(targetOf(volume)).toBe(target);
  });
});
