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

  it.each(['dev', 'development', 'local', 'app-dev', 'test'])('ship the last stage, not the target %s', (target) => {
    expect(common(`services: {a: {build: {target: ${target}}}}`).target).toBeUndefined();
    const both = `services: {a: {build: {target: ${target}}}, b: {build: {target: production}}}`;
    expect(common(both).target).toBe('production');
  });

  it('say which target a service runs', () => {
    const text = 'services: {a: {command: npm run dev, build: {target: dev}}, b: {command: x, build: .}}';
    const { services } = commonBuild(readBuilds(new Map([['compose.yaml', text]])));
    expect(services.map(({ starts, target }) => [starts, target])).toEqual([
      [['npm run dev'], 'dev'],
      [['x'], undefined],
    ]);
  });

  it('are not read out of files that are no longer for people', () => {
    expect(readBuilds(new Map([['compose.yaml', `services: {a: {build: .}}\n#${'x'.repeat(300_000)}`]]))).toEqual([]);
  });
});
