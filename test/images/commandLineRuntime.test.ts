import { describe, expect, it } from 'vitest';
import { createCommandLineRuntime } from '../../server/src/images/engines/commandLineRuntime';
import type { EngineKind } from '../../server/src/reports/outcome';
import { english, fakeEngine } from './fakeEngine';

function runtimeOf(commands: Readonly<Record<string, string>>, kind: EngineKind = 'docker') {
  const fake = fakeEngine(kind, commands);
  return { ...fake, runtime: createCommandLineRuntime(kind, fake.program, english) };
}

const DEAD = 999_999_999;

describe.skipIf(process.platform === 'win32')('a runtime of a command line', () => {
  it('hands over variables without showing them, and does not set its own', async () => {
    const { runtime, calls } = runtimeOf({ run: 'test "$SECRET" = top && test "$HOME" != /elsewhere' });
    const env = new Map([
      ['SECRET', 'top'],
      ['HOME', '/elsewhere'],
    ]);
    const signal = new AbortController().signal;
    expect(await runtime.start({ image: 'x', args: [], options: [], env, signal })).toMatchObject({ ok: true });
    expect(calls()[0]).toContain('--env SECRET --env HOME=/elsewhere x');
  });

  it('removes a container where `rm` does not know an option', async () => {
    const { runtime, calls } = runtimeOf({ rm: 'case "$*" in *--time*) exit 125;; esac' }, 'podman');
    const signal = new AbortController().signal;
    const started = await runtime.start({ image: 'x', args: [], options: [], signal });
    if (started.ok) await started.value.remove();
    expect(calls().at(-1)).toMatch(/^rm --force dockerfile-optimizer-/);
  });

  it('removes what is left of Compose projects', async () => {
    const { runtime: first, calls: named } = runtimeOf({});
    await first.start({ image: 'x', args: [], options: [], signal: new AbortController().signal });
    const [, mine = ''] = /--name (\S+)/.exec(named().join('\n')) ?? [];
    const left = mine.replace(`-${process.pid}-`, `-${DEAD}-`);
    const { runtime, calls } = runtimeOf({
      network: `if test $2 = ls; then echo bridge; echo ${mine}_default; echo ${left}_default; fi`,
      volume: `if test $2 = ls; then echo data; echo ${left}_data; fi`,
    });
    await runtime.removeLeftovers();
    expect(calls()).toContain(`network rm ${left}_default`);
    expect(calls()).toContain(`volume rm ${left}_data`);
  });

  it('sees folders', async () => {
    const { runtime } = runtimeOf({
      cp: 'case "$2" in *:/folder) tar -cf - --no-recursion -C / tmp;; *:/file) tar -cf - -C /etc passwd;; *) exit 1;; esac',
    });
    const container = runtime.attach('x', async () => {});
    expect(await container.hasFolder('/folder')).toBe(true);
    expect(await container.hasFolder('/file')).toBe(false);
    expect(await container.hasFolder('/nowhere')).toBe(false);
  });
});
