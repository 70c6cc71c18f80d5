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

  it('says why a container does not start, not how to get help', async () => {
    const error = 'docker: Error response from daemon: exec: "x": executable file not found in $PATH: unknown';
    const { runtime } = runtimeOf({
      run: `echo '${error}' >&2; echo >&2; echo "Run 'docker run --help' for more information" >&2; exit 127`,
    });
    const started = await runtime.start({ image: 'x', args: [], options: [], signal: new AbortController().signal });
    expect(started).toMatchObject({ ok: false, reason: `docker failed: ${error}` });
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

  it('does not take an engine that has gone for a program that has exited', async () => {
    const dead = 'echo "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?" >&2; exit 1';
    const { runtime } = runtimeOf({ inspect: dead, logs: dead, diff: dead });
    const container = runtime.attach('x', async () => {});
    await expect(container.state()).rejects.toThrow('docker does not respond');
    await expect(container.log()).rejects.toThrow('docker does not respond');
    await expect(container.changes()).rejects.toThrow('docker does not respond');
    const { runtime: other } = runtimeOf({ inspect: 'echo "Error: No such object: x" >&2; exit 1' });
    expect(await other.attach('x', async () => {}).state()).toMatchObject({ isRunning: false });
  });

  it('knows a log whose first lines are gone', async () => {
    const isWhole = async (logs: string) =>
      (
        await runtimeOf({ logs })
          .runtime.attach('x', async () => {})
          .log()
      ).isWhole;
    expect(await isWhole('echo a')).toBe(true);
    expect(await isWhole('yes | head -n 20000')).toBe(false);
    expect(await isWhole('head -c 70000 /dev/zero | tr "\\0" x >&2')).toBe(false);
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
