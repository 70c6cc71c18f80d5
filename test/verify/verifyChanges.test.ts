import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultVerifySettings } from '../../server/src/engine/verifySettings';
import { adviceLine } from '../../server/src/reports/adviceLine';
import type { Change, VerifyRequest } from '../../server/src/reports/verifyRequest';
import { verifyWith } from '../../server/src/verify/verifyChanges';
import { english } from '../images/fakeEngine';
import { fakeRuntime, type Program } from './fakeRuntime';

const TEXT = 'FROM x\n';
const SETTINGS = { ...defaultVerifySettings, startSeconds: 1, watchSeconds: 0.2 };

/** Steps that add one line each; those that are left out add nothing. */
function plan(ids: readonly string[]): VerifyRequest['propose'] {
  return (without) => {
    const left = ids.filter((id) => !without.has(id));
    return left.map((id, index): Change => {
      const text =
        TEXT +
        left
          .slice(0, index + 1)
          .map((one) => `RUN ${one}\n`)
          .join('');
      return { id, title: `Step ${id}`, text, files: [] };
    });
  };
}

function contextFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'main.py'), 'print(1)\n');
  return folder;
}

async function verify(
  programOf: (text: string, build: number) => Program,
  ids: readonly string[],
  changes: Partial<VerifyRequest> = {},
  signal = new AbortController().signal,
) {
  const world = fakeRuntime(programOf);
  const folder = contextFolder();
  const progress: string[] = [];
  const request: VerifyRequest = {
    text: TEXT,
    dockerfilePath: undefined,
    contextFolder: folder,
    propose: plan(ids),
    targetStage: undefined,
    buildArgs: new Map(),
    engine: { kind: 'docker' },
    buildOptions: [],
    settings: SETTINGS,
    isNetworkAllowed: false,
    isCommandAllowed: false,
    localize: english,
    onOutput: () => {},
    onProgress: (text) => progress.push(text),
    ...changes,
  };
  const outcome = await verifyWith(world.engine, request, signal);
  expect(world.images.size, 'images that are left').toBe(0);
  expect(world.containers.size, 'containers that are left').toBe(0);
  expect(readFileSync(join(folder, 'main.py'), 'utf8')).toBe('print(1)\n');
  return { ...world, outcome, progress, folder };
}

const server: Program = { port: 8000, stdout: 'Listening on 8000\n' };
const FIFTEEN = Array.from({ length: 15 }, (_, index) => `s${index}`);

describe('verify', () => {
  it('proves a plan with which the image does the same', async () => {
    const { outcome } = await verify(() => server, ['a', 'b']);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        verification: {
          engine: 'docker',
          steps: [
            { id: 'a', state: 'proven' },
            { id: 'b', state: 'proven' },
          ],
          same: ['Keeps running', 'Listens on port 8000/tcp', 'GET :8000/ answers 200 text/plain', 'Stops on SIGTERM'],
        },
      },
    });
    expect(outcome.ok && outcome.value.verification.unproven).toBeUndefined();
  });

  const faults: Readonly<Record<string, Partial<Program>>> = {
    'does not build': { isBroken: true },
    exits: { exitCode: 1, stderr: "PermissionError: [Errno 13] Permission denied: '/data/log'\n" },
    'listens elsewhere': { port: 8001 },
    'answers with an error': { status: 500 },
    'answers something else': { body: () => 'bye' },
    'logs that a program is missing': { stderr: 'sh: 1: git: not found\n' },
    'is deaf to SIGTERM': { isDeaf: true },
    'prints less': { stdout: '' },
    'runs as root again': { user: 'root' },
  };
  it.each(Object.entries(faults))('drops exactly the step with which the image %s', async (_, fault) => {
    for (const guilty of ['s0', 's7', 's14']) {
      const { outcome, built } = await verify(
        (text) => ({ ...server, user: 'app', ...(text.includes(`RUN ${guilty}\n`) ? fault : {}) }),
        FIFTEEN,
      );
      const steps = outcome.ok ? outcome.value.verification.steps : [];
      expect(steps.filter(({ state }) => state === 'dropped').map(({ id }) => id)).toEqual([guilty]);
      expect(steps.filter(({ state }) => state === 'proven')).toHaveLength(14);
      // The original, the whole plan, and two rebuilds at the end do not count for finding it.
      expect(built.length - 4).toBeLessThanOrEqual(6);
    }
  });

  it('does not compare what another program logs and writes, but what it answers', async () => {
    const other: Partial<Program> = { stdout: 'nginx started\n' };
    const replacing = (program: Partial<Program>) => {
      const propose: VerifyRequest['propose'] = (without) =>
        plan(['a', 'b'])(without).map((change) => ({ ...change, replacesProgram: change.id === 'b' }));
      return verify((text) => (text.includes('RUN b') ? { ...server, ...program } : server), [], { propose });
    };
    const statesOf = ({ outcome }: Awaited<ReturnType<typeof verify>>) =>
      outcome.ok && outcome.value.verification.steps.map(({ state }) => state);
    expect(statesOf(await replacing(other))).toEqual(['proven', 'proven']);
    expect(statesOf(await replacing({ ...other, status: 404 }))).toEqual(['proven', 'dropped']);
  });

  it('names the evidence and what to configure', async () => {
    const { outcome } = await verify(
      (text) => (text.includes('RUN b') ? { ...server, ...faults['exits'] } : server),
      ['a', 'b'],
    );
    expect(outcome.ok && outcome.value.verification.steps[1]).toMatchObject({
      id: 'b',
      differences: [
        {
          aspect: 'end',
          text: 'It exits with code 1; before, it kept running',
          cause: { kind: 'write', subject: '/data/log' },
        },
        { aspect: 'ports' },
        { aspect: 'http' },
      ],
      advice: { key: 'writes', value: '/data' },
    });
  });

  it('shows the part of an answer that differs, without values of the configuration', async () => {
    const settings = { ...SETTINGS, env: new Map([['TOKEN', 'very-secret&more']]) };
    const page = (word: string) =>
      `${'x'.repeat(500)} very-secret&more very-secret&amp;more ${word} ${'y'.repeat(500)}`;
    const { outcome } = await verify(
      (text) => ({ ...server, body: () => page(text.includes('RUN a') ? 'after' : 'before') }),
      ['a'],
      { settings },
    );
    const [step] = outcome.ok ? outcome.value.verification.steps : [];
    const [difference] = step?.differences ?? [];
    expect(difference?.text).toBe('GET :8000/ answers with a different body');
    expect(difference?.before).toMatch(/^…x+ \*\*\* \*\*\* before y+…$/);
    expect(difference?.after).toMatch(/^…x+ \*\*\* \*\*\* after y+…$/);
    expect(difference?.after?.length).toBeLessThan(130);
  });

  it('does not call a step proven whose effect nothing compared sees', async () => {
    const start = 'FROM x AS unused\nRUN a\n\nFROM x\n';
    const texts = {
      label: `${start}LABEL a=b\n`,
      health: `${start}LABEL a=b\nHEALTHCHECK CMD true\n`,
      unused: `${start.replace('RUN a', 'RUN b')}LABEL a=b\nHEALTHCHECK CMD true\n`,
      seen: `${start.replace('RUN a', 'RUN b')}RUN c\nLABEL a=b\nHEALTHCHECK CMD true\n`,
    };
    const propose = () => Object.entries(texts).map(([id, text]) => ({ id, title: id, text, files: [] }));
    const { outcome } = await verify(() => server, [], { text: start, propose });
    expect(outcome.ok && outcome.value.verification.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'label untouched',
      'health untouched',
      'unused untouched',
      'seen proven',
    ]);
  });

  it('shows until when it is ready, and how it stops', async () => {
    const { outcome } = await verify((text) => ({ ...server, isDeaf: text === TEXT }), ['a']);
    expect(outcome.ok && outcome.value.verification).toMatchObject({
      steps: [{ state: 'proven' }],
      before: { readyMs: expect.any(Number), stop: { isKilled: true } },
      after: { readyMs: expect.any(Number), stop: { isKilled: false } },
    });
  });

  it('advises on a fix of a rule what fixes read', async () => {
    const { outcome } = await verify((text) => (text === TEXT ? server : { ...server, ...faults['exits'] }), ['a'], {
      isOfRules: true,
    });
    const [step] = outcome.ok ? outcome.value.verification.steps : [];
    expect(step?.advice && adviceLine(step.advice)).toBe('rules: { a: { fix: never } }');
  });

  it('drops two steps that break it in different ways', async () => {
    const { outcome } = await verify(
      (text) => ({
        ...server,
        ...(text.includes('RUN s3\n') ? faults['answers with an error'] : {}),
        ...(text.includes('RUN s9\n') ? faults['does not build'] : {}),
      }),
      FIFTEEN,
    );
    const steps = outcome.ok ? outcome.value.verification.steps : [];
    expect(
      steps
        .filter(({ state }) => state === 'dropped')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['s3', 's9']);
  });

  it('does not compare what differs by itself', async () => {
    let count = 0;
    const { outcome } = await verify(
      () => ({ ...server, body: () => `visit ${count++}`, stdout: `Listening\nlucky number ${Math.random()}\n` }),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toEqual([{ id: 'a', title: 'Step a', state: 'proven' }]);
  });

  it('compares other arguments where there is an ENTRYPOINT', async () => {
    const tool = { exitCode: 0, stdout: 'ok\n', entrypoint: ['/tool'] };
    const { outcome } = await verify(
      (text) => ({ ...tool, answerTo: ([arg]) => (text.includes('RUN a') ? 'ok\n' : `usage of ${arg}\n`) }),
      ['a', 'b'],
      { text: `${TEXT}ENTRYPOINT ["/tool"]\n` },
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([
      { id: 'b', state: 'proven' },
      { id: 'a', state: 'dropped', differences: [{ text: 'It behaves differently with the arguments --help' }] },
    ]);
  });

  it.each([
    [{ exitCode: 1, stderr: 'connect ECONNREFUSED 127.0.0.1:5432\n' }, /exits with code 1: connect ECONNREFUSED/],
    [{ stderr: 'django.db.utils.OperationalError: no host\n' }, /listens on no port and logs an error: django/],
    [{ exitCode: 0 }, /exits at once without output/],
    [
      { exitCode: 1, stderr: 'Traceback\nEOFError: EOF when reading a line\n' },
      /waits for a person at a terminal: EOFError: EOF when/,
    ],
    [
      { exitCode: 1, stderr: '_tkinter.TclError: no display name and no $DISPLAY environment variable\n' },
      /needs a screen: _tkinter.TclError/,
    ],
    [{}, /runs without any sign/],
  ] as const)('says why an image proves nothing: %j', async (program, reason) => {
    const { outcome } = await verify(() => program, ['a']);
    expect(outcome.ok && outcome.value.verification.unproven).toMatch(reason);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'built' }]);
  });

  it('says which secret a build needs', async () => {
    const { outcome } = await verify(
      () => ({ isBroken: true, buildOutput: 'ERROR: failed to solve: secret npm_token: not found' }),
      ['a'],
    );
    expect(outcome).toMatchObject({
      ok: false,
      reason: 'The build needs the secret npm_token: add `--secret=id=npm_token,src=FILE` to its options',
    });
  });

  it('builds again where a registry did not answer in time', async () => {
    const buildOutput = 'npm error code ETIMEDOUT\nnpm error network request to https://registry.npmjs.org failed\n';
    const { outcome, built } = await verify(
      (text, build) => (text !== TEXT && build === 2 ? { isBroken: true, buildOutput } : server),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification).toMatchObject({ steps: [{ state: 'proven' }], builds: 2 });
    // The original, the plan twice, and the rebuilds of both.
    expect(built).toHaveLength(5);
  });

  it('says why a container does not start, and what it needs', async () => {
    const noStart = 'docker failed: exec: "git": executable file not found in $PATH';
    const { outcome } = await verify((text) => (text === TEXT ? server : { noStart }), ['a']);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([
      {
        state: 'dropped',
        differences: [{ aspect: 'end', text: `It does not start: ${noStart}`, cause: { kind: 'program' } }],
        advice: { key: 'needs', value: 'git' },
      },
    ]);
  });

  it('waits for a line that comes later than before', async () => {
    const { outcome } = await verify((text) => (text === TEXT ? server : { ...server, printsAfterMs: 150 }), ['a']);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ state: 'proven' }]);
  });

  it('waits for a start that takes much longer than before', async () => {
    const { outcome } = await verify((text) => ({ ...server, afterMs: text === TEXT ? 100 : 900 }), ['a']);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ state: 'proven' }]);
  });

  it('blames no step for a disk that is full', async () => {
    const stderr = 'sqlite3.OperationalError: [Errno 28] No space left on device\n';
    const { outcome } = await verify((text) => (text === TEXT ? server : { exitCode: 1, stderr }), ['a']);
    expect(outcome).toEqual({ ok: false, reason: 'docker has no disk space left' });
  });

  it('misses no line of a package manager that no longer starts the program', async () => {
    const yarn = "yarn run v1.22.22\nwarning You don't appear to have an internet connection.\n$ node server.js\n";
    const { outcome } = await verify(
      (text) => (text === TEXT ? { ...server, stdout: yarn + server.stdout } : server),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ state: 'proven' }]);
  });

  it('misses no line of a log whose first lines are gone', async () => {
    const { outcome } = await verify(
      (text) => (text === TEXT ? server : { ...server, stdout: 'request\n', isLong: true }),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ state: 'proven' }]);
  });

  it.each([
    ['says nothing', { exitCode: 0 }],
    ['fails', { exitCode: 2, stderr: 'panic: index out of range\n' }],
  ])('compares a program that %s without arguments by the configured calls', async (_, start) => {
    const tool = { ...start, answerTo: ([word]: readonly string[]) => `sorted: ${word}\n` };
    const settings = { ...SETTINGS, calls: [['pear']] };
    const { outcome } = await verify(
      (text) => (text.includes('RUN b') ? { ...tool, answerTo: () => 'Segmentation fault\n' } : tool),
      ['a', 'b'],
      { settings },
    );
    expect(outcome.ok && outcome.value.verification.unproven).toBeUndefined();
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([
      { id: 'a', state: 'proven' },
      { id: 'b', state: 'dropped', differences: [{ before: 'sorted: pear', after: 'Segmentation fault' }] },
    ]);
  });

  it('starts nothing more when it is cancelled', async () => {
    const controller = new AbortController();
    const { outcome, startedContainers } = await verify(
      () => ({ exposed: ['9000/tcp'] }),
      ['a'],
      {
        onProgress: (text) => {
          if (text.startsWith('Running')) setTimeout(() => controller.abort(), 100);
        },
      },
      controller.signal,
    );
    expect(outcome).toMatchObject({ ok: false, isCancelled: true });
    // The program, and the container beside it that looks at its ports.
    expect(startedContainers()).toBe(2);
  });

  it('says that the original does not build', async () => {
    const { outcome } = await verify(() => ({ isBroken: true }), ['a']);
    expect(outcome).toMatchObject({ ok: false, reason: 'The original image does not build: RUN make failed' });
  });

  it('holds an image to what the configuration wants of it', async () => {
    const http = [{ method: 'GET', path: '/', port: undefined, body: undefined, status: 200, contains: 'hello' }];
    const settings = { ...SETTINGS, http };
    const { outcome } = await verify(
      (text) => ({ ...server, ...(text.includes('RUN a') ? { body: () => 'hello 2' } : {}) }),
      ['a'],
      { settings },
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
    const other = await verify(() => ({ ...server, status: 503 }), ['a'], { settings });
    expect(other.outcome.ok && other.outcome.value.verification.unproven).toMatch(
      /does not answer GET :8000\/ as configured/,
    );
  });

  it('compares nothing that is switched off', async () => {
    const settings = { ...SETTINGS, ignore: ['http' as const] };
    const { outcome } = await verify((text) => ({ ...server, status: text === TEXT ? 200 : 404 }), ['a'], { settings });
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
  });

  it('runs the command of the configuration only if it may', async () => {
    const settings = { ...SETTINGS, command: 'echo "$IMAGE" >>ran' };
    const refused = await verify(() => server, ['a'], { settings });
    expect(existsSync(join(refused.folder, 'ran'))).toBe(false);
    const { folder } = await verify(() => server, ['a'], { settings, isCommandAllowed: true });
    expect(readFileSync(join(folder, 'ran'), 'utf8')).toMatch(/^localhost\/dockerfile-optimizer-\S+:verified\n/);
  });

  it('never shows values of the configuration', async () => {
    const settings = { ...SETTINGS, env: new Map([['DB_PASSWORD', 'very-secret']]) };
    const { outcome } = await verify(
      (text) => ({
        exitCode: text === TEXT ? 0 : 1,
        stdout: 'usage\n',
        stderr: text === TEXT ? '' : "ENOENT: open '/very-secret'\n",
      }),
      ['a'],
      { settings },
    );
    expect(JSON.stringify(outcome)).toContain('***');
    expect(JSON.stringify(outcome)).not.toContain('very-secret');
  });

  it('runs without limits where the engine has none', async () => {
    const { outcome } = await verify(() => ({ ...server, hasNoLimits: true }), ['a']);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
  });

  it('builds nothing again for a plan whose every step was dropped', async () => {
    const { outcome, built } = await verify((text) => (text === TEXT ? server : { isBroken: true }), ['a']);
    expect(outcome.ok && outcome.value.verification).toMatchObject({ steps: [{ id: 'a', state: 'dropped' }] });
    expect(outcome.ok && outcome.value.verification.after).toBeUndefined();
    // The original, the plan, and the rebuild of the original.
    expect(built).toHaveLength(3);
  });

  it('does not compare what differs between builds', async () => {
    const { outcome } = await verify((_, build) => ({ ...server, body: () => `build ${build}` }), ['a', 'b']);
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ state: 'proven' }, { state: 'proven' }]);
  });

  it('waits for a program that takes long to exit', async () => {
    const program = { exitCode: 0, afterMs: 600, stdout: 'done\n', exposed: ['80/tcp'] };
    const { outcome } = await verify(() => program, ['a']);
    expect(outcome.ok && outcome.value.verification).toMatchObject({
      steps: [{ id: 'a', state: 'proven' }],
      same: ['Exits with code 0 after the same output (1 lines)'],
    });
  });

  it('waits for the port that the image exposes where another one is open first', async () => {
    const { outcome } = await verify(
      (text) => ({
        ...server,
        earlyPort: 5005,
        exposed: ['5005/tcp', '8000/tcp'],
        afterMs: 150,
        status: text.includes('RUN b') ? 500 : 200,
      }),
      ['a', 'b'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([
      { id: 'a', state: 'proven' },
      { id: 'b', state: 'dropped' },
    ]);
  });

  it('proves nothing where the image does not listen on the port that it exposes', async () => {
    const { outcome } = await verify(() => ({ exposed: ['80/tcp'], stderr: 'no database, trying again\n' }), ['a']);
    expect(outcome.ok && outcome.value.verification.unproven).toMatch(
      /does not listen on port 80\/tcp: no database, trying again/,
    );
  });

  it('proves nothing with a program that exits differently each time', async () => {
    let count = 0;
    const { outcome } = await verify(() => ({ exitCode: count++, stdout: 'x\n' }), ['a']);
    expect(outcome.ok && outcome.value.verification).toMatchObject({
      steps: [{ id: 'a', state: 'built' }],
      unproven: expect.stringMatching(/does not end the same way/),
    });
  });

  it('accepts a folder that the plan makes in place of the program', async () => {
    const { outcome } = await verify(
      (text) => ({ ...server, ...(text === TEXT ? { written: ['/app/uploads'] } : { folders: ['/app/uploads'] }) }),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
  });

  it('misses nothing where only npm has stopped on SIGTERM', async () => {
    const { outcome } = await verify(
      (text) => ({ ...server, ...(text === TEXT ? { stopCode: 1 } : { isDeaf: true }) }),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
  });

  it('asks no base image for its help', async () => {
    const { outcome } = await verify(
      (text) => ({ ...server, entrypoint: ['/e'], answerTo: () => (text === TEXT ? 'node\n' : '') }),
      ['a'],
    );
    expect(outcome.ok && outcome.value.verification.steps).toMatchObject([{ id: 'a', state: 'proven' }]);
  });

  it('proves nothing with a command that fails on the original', async () => {
    const settings = { ...SETTINGS, command: 'exit 3' };
    const { outcome } = await verify(() => server, ['a'], { settings, isCommandAllowed: true });
    expect(outcome.ok && outcome.value.verification.unproven).toBe(
      'verify.command exits with code 3 with the original image',
    );
  });

  it('never shows values of files with variables, nor parts of them', async () => {
    const folder = contextFolder();
    writeFileSync(join(folder, '.env'), '# c\nTOKEN="secret-token"\nLONG=secret-token-and-more\n');
    const settings = { ...SETTINGS, envFiles: [join(folder, '.env')] };
    const { outcome } = await verify(
      () => ({ exitCode: 1, stderr: 'refused: secret-token-and-more, secret-token\n' }),
      ['a'],
      { settings },
    );
    expect(outcome.ok && outcome.value.verification.unproven).toContain('refused: ***, ***.');
  });

  it('leaves no copy of the build context', async () => {
    const left = () =>
      readdirSync(tmpdir()).filter(
        (name) => name.startsWith(`dockerfile-optimizer-`) && name.includes(`-${process.pid}-`),
      );
    const before = left();
    await verify(() => server, ['a']);
    expect(left()).toEqual(before);
  });
});
