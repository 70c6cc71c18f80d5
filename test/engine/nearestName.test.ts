import { describe, expect, it } from 'vitest';
import { nearestName } from '../../server/src/engine/nearestName';

describe('nearestName', () => {
  const names = ['no-root-user', 'no-sudo', 'DL3008'];
  it.each([
    ['no-rot-user', 'no-root-user'],
    ['dl3007', 'DL3008'],
    ['NO_SUDO', 'no-sudo'],
    ['prefer-something', undefined],
    ['', undefined],
  ])('of %j is %j', (name, expected) => {
    expect(nearestName(name, names)).toBe(expected);
  });
});
