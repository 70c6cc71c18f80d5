import { describe, expect, it } from 'vitest';
import { commonBuild } from '../../../server/src/project/builds/commonBuild';
import { readBuilds } from '../../../server/src/project/builds/readBuilds';

const common = (compose: string) => {
  const { target, args } = commonBuild(readBuilds(new Map([['compose.yaml', compose]])));
  return { target, args: Object.fromEntries(args) };
};

describe('several builds of one Dockerfile', () => {
  it('give what they agree on', () => {
    const text =
      'services: {a: {build: {target: x, args: {A: 1, B: 2, C: 3}}}, b: {build: {target: x, args: {A: 1, B: 3}}}}';
    expect(common(text)).toEqual({ target: 'x', args: { A: '1' } });
  });

  it.each([
    ['differ', 'services: {a: {build: {target: x}}, b: {build: {target: y}}}'],
    ['are given by one alone', 'services: {a: {build: {target: x}}, b: {build: .}}'],
    ['are unknown in one', 'services: {a: {build: {target: x}}, b: {build: {target: "${T}"}}}'],
  ])('give no target when theirs %s', (_, text) => expect(common(text).target).toBeUndefined());

  it('are not read out of files that are no longer for people', () => {
    expect(readBuilds(new Map([['compose.yaml', `services: {a: {build: .}}\n#${'x'.repeat(300_000)}`]]))).toEqual([]);
  });
});
