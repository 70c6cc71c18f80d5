import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCommandLineEngine } from '../../server/src/images/engines/commandLineEngine';
import type { BuildRequest } from '../../server/src/images/engines/engine';
import { findEngine } from '../../server/src/images/engines/findEngine';
import { withImage } from '../../server/src/images/engines/withImage';
import type { EngineKind } from '../../server/src/reports/outcome';
import { findProgram } from '../../server/src/system/findProgram';
import { english, fakeEngine, isRunning } from './fakeEngine';

const never = () => new AbortController().signal;

function request(changes: Partial<BuildRequest> = {}): BuildRequest {
  return {
    text: 'FROM scratch\n',
    contextFolder: tmpdir(),
    buildArgs: new Map(),
    options: [],
    tag: 'x:y',
    signal: never(),
    ...changes,
  };
}

function engineOf(commands: Readonly<Record<string, string>>, kind: EngineKind = 'docker') {
  const fake = fakeEngine(kind, commands);
  return { ...fake, engine: createCommandLineEngine(kind, fake.program, english) };
}

const leftFolders = () => readdirSync(tmpdir()).filter((name) => /^dockerfile-optimizer-(?:build|pipe)-/.test(name));

describe.skipIf(process.platform === 'win32')('engines', () => {
  // A folder for temporary files of its own: what is left in it is left by these tests.
  const { TMPDIR } = process.env;
  const temporary = mkdtempSync(join(tmpdir(), 'engines-'));
  beforeEach(() => {
    process.env['TMPDIR'] = temporary;
  });
  afterEach(() => {
    expect(leftFolders()).toEqual([]);
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it('hand over text, arguments, target and options as they are', async () => {
    const { engine, calls, folder } = engineOf({
      build: 'cp "$3" "$(dirname "$0")/seen"; echo "$DOCKER_BUILDKIT" >&2',
    });
    let output = '';
    const result = await engine.build(
      request({
        text: 'FROM scratch\nCOPY . /\n',
        buildArgs: new Map([['A', 'x; touch "$HOME"']]),
        target: 'app',
        options: ['--network', 'host'],
        onOutput: (text) => {
          output += text;
        },
      }),
    );
    expect(result).toEqual({ ok: true, value: undefined });
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('FROM scratch\nCOPY . /\n');
    expect(output).toBe('1\n');
    expect(calls()[0]).toMatch(
      /^build --file \S+Dockerfile --tag x:y --build-arg A=x; touch "\$HOME" --target app --network host \//,
    );
  });

  it('ignore what the file beside the Dockerfile says, or what is given', async () => {
    const context = mkdtempSync(join(tmpdir(), 'context-'));
    onTestFinished(() => rmSync(context, { recursive: true }));
    const dockerfilePath = join(context, 'api.Dockerfile');
    writeFileSync(`${dockerfilePath}.dockerignore`, 'own\n');
    for (const [kind, ignore, expected] of [
      ['docker', undefined, 'own\n'],
      ['docker', 'given\n', 'given\n'],
      ['podman', undefined, 'own\n'],
      ['podman', 'given\n', 'given\n'],
    ] as const) {
      const { engine, folder, calls } = engineOf(
        {
          build: 'for f in "$@"; do case $f in */Dockerfile) cp "$f.dockerignore" "$(dirname "$0")/seen";; esac; done',
        },
        kind,
      );
      await engine.build(request({ contextFolder: context, dockerfilePath, ignore }));
      expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(expected);
      if (kind === 'podman') expect(calls()[0]).toMatch(/--ignorefile \S+Dockerfile\.dockerignore/);
    }
  });

  it('do not wait for a pipe in place of an ignore file', async () => {
    const context = mkdtempSync(join(tmpdir(), 'context-'));
    onTestFinished(() => rmSync(context, { recursive: true }));
    const dockerfilePath = join(context, 'Dockerfile');
    spawnSync('mkfifo', [`${dockerfilePath}.dockerignore`]);
    const { engine } = engineOf({ build: '' });
    expect((await engine.build(request({ contextFolder: context, dockerfilePath }))).ok).toBe(true);
  });

  it('use the classic builder where BuildKit is broken', async () => {
    const { engine, calls } = engineOf({
      build:
        'if [ "$DOCKER_BUILDKIT" = 1 ]; then echo "BuildKit is enabled but the buildx component is missing or broken." >&2; exit 1; fi',
    });
    expect((await engine.build(request())).ok).toBe(true);
    expect(calls()).toHaveLength(2);
  });

  it.each([
    [
      '#9 ERROR: x\n------\nDockerfile:3\n--------------------\n   2 |\n   3 | >>> RUN make\n--------------------\nERROR: make failed',
      2,
    ],
    ['STEP 2/2: RUN   make\nError: building at STEP "RUN make": while running runtime: exit status 2', 2],
    ['Step 3/3 : RUN make\n ---> Running in 0123456789ab\nmake: no rule', 2],
    ['Error: building at STEP "RUN exec form": exit status 1', 5],
    ['Error: building at STEP "RUN other": exit status 2', undefined],
  ])('tell the line that failed: %j', async (output, line) => {
    const { engine } = engineOf({ build: `cat >&2 <<'EOF'\n${output}\nEOF\nexit 1` });
    const result = await engine.build(
      request({ text: 'FROM scratch\nENV A=b\nRUN make\nRUN test a && \\\n b\nRUN ["exec", "form"]\n' }),
    );
    expect(result).toMatchObject({ ok: false, output: expect.stringContaining(output.split('\n').at(-1) ?? '') });
    expect(!result.ok && result.line).toBe(line);
  });

  it.each([
    ['echo "write /x: no space left on device" >&2; exit 1', 'docker has no disk space left'],
    [
      'echo "ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?" >&2; exit 1',
      'docker does not respond',
    ],
    ['kill -9 $$', 'docker was killed by SIGKILL'],
    ['echo "ERROR: unknown flag: --x" >&2; exit 125', 'docker failed: unknown flag: --x'],
    ['exit 3', 'docker exited with code 3'],
  ])('say why they failed: %s', async (command, reason) => {
    const { engine } = engineOf({ build: command });
    expect(await engine.build(request())).toMatchObject({ ok: false, reason });
  });

  it('are ended with all that they started when the build is cancelled', async () => {
    const { engine, folder, calls } = engineOf({
      build: `trap '' TERM; sleep 600 & echo $! >"$(dirname "$0")/pid"; echo started >&2; wait; wait`,
    });
    const controller = new AbortController();
    const result = await withImage(
      engine,
      { ...request({ signal: controller.signal, onOutput: () => controller.abort() }) },
      () => Promise.reject(new Error('not built')),
    );
    expect(result).toEqual({ ok: false, reason: 'Cancelled', isCancelled: true });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    // Killed at once; the system's first process clears it away a moment later.
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(calls().at(-1)).toMatch(/^rmi --force localhost\/dockerfile-optimizer-/);
  });

  it('remove the image after its use, also when that throws', async () => {
    const { engine, calls } = engineOf({});
    await expect(withImage(engine, request(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const tag = /--tag (\S+)/.exec(calls()[0] ?? '')?.[1];
    expect(calls().at(-1)).toBe(`rmi --force ${tag}`);
  });

  it('tell which image is left when they have gone', async () => {
    const { engine } = engineOf({ rmi: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' });
    let output = '';
    await withImage(engine, { ...request(), onOutput: (text) => (output += text) }, async () => ({
      ok: true,
      value: 1,
    }));
    expect(output).toMatch(
      /^The image localhost\/dockerfile-optimizer-\S+ could not be removed: docker does not respond\n$/,
    );
  });

  it('remove what a failed build made and nobody had before', async () => {
    const { engine, calls } = engineOf(
      {
        build: `cat <<'EOF'
[2/2] STEP 1/4: FROM debian
STEP 2/4: RUN a
--> Using cache aaaaaaaaaaaaaaaa
--> aaaaaaaaaaa
STEP 3/4: RUN b
--> bbbbbbbbbbb
STEP 4/4: RUN c
--> ccccccccccc
EOF
exit 1`,
      },
      'podman',
    );
    await engine.build(request());
    expect(calls().slice(1)).toEqual(['rmi ccccccccccc bbbbbbbbbbb']);
  });

  it('pass on huge output without keeping it', async () => {
    const { engine } = engineOf({ build: 'head -c 50000000 /dev/zero | tr "\\0" x >&2; exit 1' });
    const rss = process.memoryUsage().rss;
    let passedOn = 0;
    const result = await engine.build(request({ onOutput: (text) => (passedOn += text.length) }));
    expect(result.ok).toBe(false);
    expect(passedOn).toBeLessThan(17 * 1024 * 1024);
    expect(process.memoryUsage().rss - rss).toBeLessThan(150e6);
  });

  it.each(['docker', 'podman', 'nerdctl', 'buildah'] as const)('stream an image out of %s', async (kind) => {
    const { engine } = engineOf(
      {
        save: 'echo archive',
        push: 'to=${4:-$3}; to=${to#docker-archive:}; echo archive >"${to%%:*}"',
      },
      kind,
    );
    const saved = await engine.save('x:y', { signal: never() }, (archive) => readAll(archive));
    expect(saved).toEqual({ ok: true, value: 'archive\n' });
  });

  it.each(['docker', 'buildah'] as const)('say what went wrong while %s saved', async (kind) => {
    const failing = 'echo "no such image: x" >&2; exit 1';
    const { engine } = engineOf({ save: failing, push: failing }, kind);
    const saved = await engine.save('x:y', { signal: never() }, (archive) => readAll(archive));
    expect(saved).toMatchObject({ ok: false, reason: `${kind} failed: no such image: x` });
  });

  it.each(['docker', 'buildah'] as const)('end %s when its archive cannot be read', async (kind) => {
    const endless = 'while echo "$PATH"; do :; done';
    const push = `to=\${4:-$3}; to=\${to#docker-archive:}; (${endless}) >"\${to%%:*}"`;
    const { engine } = engineOf({ save: endless, push }, kind);
    const saving = engine.save('x:y', { signal: never() }, async (archive) => {
      for await (const chunk of archive) if (chunk) throw new Error('no archive');
    });
    await expect(saving).rejects.toThrow('no archive');
  });

  it('run a container and remove it when it is cancelled', async () => {
    const { engine, calls } = engineOf({ run: 'echo "$@"; case "$*" in *slow*) echo x >&2; sleep 30;; esac; exit 3' });
    const options = { image: 'tool:1', options: ['--volume', '/a:/b:ro'], timeLimitMs: 9000, outputLimitBytes: 1000 };
    const result = await engine.run?.({ ...options, args: ['scan', '--json'], signal: never() });
    expect(result).toMatchObject({ ok: true, value: { code: 3 } });
    expect(result?.ok && result.value.stdout.toString()).toMatch(
      /^run --rm --name dockerfile-optimizer-\S+ --volume \/a:\/b:ro tool:1 scan --json\n$/,
    );
    const controller = new AbortController();
    const cancelled = await engine.run?.({
      ...options,
      args: ['slow'],
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    expect(cancelled).toMatchObject({ ok: false, isCancelled: true });
    expect(calls().at(-1)).toMatch(/^rm --force --volumes dockerfile-optimizer-/);
  });

  it('end a container that writes too much or takes too long', async () => {
    const { engine } = engineOf({ run: 'case "$*" in *slow*) sleep 30;; esac; yes' });
    const options = { image: 'tool:1', options: [], outputLimitBytes: 100_000, signal: never() };
    expect(await engine.run?.({ ...options, args: [], timeLimitMs: 9000 })).toMatchObject({
      reason: 'docker produced too much output and was stopped',
    });
    expect(await engine.run?.({ ...options, args: ['slow'], timeLimitMs: 50 })).toMatchObject({
      reason: 'docker timed out and was stopped',
    });
  });
});

describe.skipIf(process.platform === 'win32')('finding an engine', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });
  const onPath = (...fakes: readonly { readonly folder: string }[]) => {
    process.env['PATH'] = [...fakes.map(({ folder }) => folder), '/bin', '/usr/bin'].join(delimiter);
  };

  it('takes the first that answers', async () => {
    const docker = fakeEngine('docker', { version: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' });
    const podman = fakeEngine('podman', { info: 'echo 5' });
    onPath(docker, podman);
    const found = await findEngine({ kind: 'auto' }, english, never());
    expect(found).toMatchObject({ ok: true, value: { kind: 'podman', program: podman.program } });
  });

  it('takes the chosen kind, or the program that is named', async () => {
    const docker = fakeEngine('docker', { version: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' });
    const podman = fakeEngine('podman-remote', {});
    onPath(docker);
    expect(await findEngine({ kind: 'docker' }, english, never())).toMatchObject({ reason: 'docker does not respond' });
    expect(await findEngine({ kind: 'auto', path: podman.program }, english, never())).toMatchObject({
      value: { kind: 'podman', program: podman.program },
    });
  });

  it('says what is missing and where to get it', async () => {
    process.env['PATH'] = '/nowhere';
    const reason = 'None of docker, podman, nerdctl, buildah is on the PATH';
    expect(await findEngine({ kind: 'auto' }, english, never())).toMatchObject({ ok: false, reason });
    expect(await findEngine({ kind: 'auto', path: '/nowhere/docker' }, english, never())).toMatchObject({
      reason: '/nowhere/docker is missing or cannot be started',
    });
  });

  it('never looks into folders that depend on where one is, and starts no folders', () => {
    const fake = fakeEngine('tool', {});
    expect(findProgram('tool', `.${delimiter}${delimiter}relative`)).toBeUndefined();
    mkdirSync(join(fake.folder, 'inner'));
    expect(findProgram('inner', fake.folder)).toBeUndefined();
    expect(findProgram('tool', fake.folder)).toBe(fake.program);
    expect(existsSync(fake.program)).toBe(true);
  });
});
