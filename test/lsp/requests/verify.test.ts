import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CancellationTokenSource, type CodeLens, type InlayHint } from 'vscode-languageserver/node';
import type { AdviceResult, StatusParams, VerifyResult } from '../../../server/src/protocol';
import { folderOf } from '../../helpers/cliProcess';
import { createClient } from '../../helpers/lspClient';
import { isRunning } from '../../images/fakeEngine';
import { fakeRunningEngine } from '../../images/fakeRunningEngine';

const TEXT = `FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
`;
/** Works with any user. */
const GOOD = 'cat >/dev/null; echo hello';
/** Writes where only root may. */
const NEEDS_ROOT = `if grep -q '^USER'; then echo "Error: EACCES: permission denied, open '/data/log'" >&2; exit 1; fi; echo hello`;

interface Options {
  readonly program?: string;
  readonly commands?: Readonly<Record<string, string>>;
  readonly isTrusted?: boolean;
  readonly configuration?: string;
}

async function started({ program = GOOD, commands, isTrusted = true, configuration }: Options = {}) {
  const files = configuration === undefined ? {} : { '.dockerfile-optimizer.yaml': configuration };
  const folder = folderOf({ ...files, Dockerfile: TEXT, 'requirements.txt': 'flask==3.0.0\n', 'app.py': 'print(1)\n' });
  const engine = fakeRunningEngine(program, commands);
  const client = await createClient({
    rootUri: pathToFileURL(folder).href,
    initializationOptions: { isTrusted, isOurExtension: true, engine: { path: engine.program }, inlayHints: 'all' },
  });
  onTestFinished(() => client.stop());
  const progress: string[] = [];
  client.connection.onNotification('dockerfile/verifyProgress', ({ text }) => void progress.push(text));
  let status: StatusParams | undefined;
  client.connection.onNotification('dockerfile/status', (sent) => {
    status = sent;
  });
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  const document = await client.open(TEXT, { uri });
  const ask = <Result>(method: string, params: object = {}) =>
    client.connection.sendRequest<Result>(method, { uri, ...params });
  const verify = (params: object = {}) =>
    ask<VerifyResult>('dockerfile/verify', { access: { volumes: [] }, ...params });
  const lens = async () => {
    const [first] = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    return first?.command?.title;
  };
  const hints = async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 19, character: 0 } };
    const params = { textDocument: { uri }, range };
    const found = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', params);
    return found.map(({ position, label }) => `${position.line}: ${label}`);
  };
  return { client, folder, engine, document, uri, ask, verify, lens, hints, progress, status: () => status };
}

describe.skipIf(process.platform === 'win32')('Optimize and Verify', () => {
  it('proves the plan, and shows measured figures until the text is another', async () => {
    const { verify, engine, lens, hints, document, progress, status } = await started();
    const result = await verify();
    if (!result.ok) throw new Error(result.reason);
    const { verification, plan } = result;
    expect(verification.unproven).toBeUndefined();
    expect(verification.steps.map(({ state }) => state)).toEqual(verification.steps.map(() => 'proven'));
    expect(verification).toMatchObject({ before: { bytes: 1_000_000_000 }, after: { bytes: 150_000_000, layers: 2 } });
    expect(plan.after).toContain('slim');
    expect(progress[0]).toBe('Building the original image');
    expect(await lens()).toMatch(/^1\.00 GB → 150\.0 MB on disk, measured on \d{4}-\d\d-\d\d: optimize$/);
    expect(await hints()).toContain('4: image: 1.00 GB');
    await document.diagnostics();
    await expect.poll(status).toMatchObject({
      saving: '850.0 MB smaller',
      change: `1.00 GB → 150.0 MB on disk, measured on ${verification.verifiedAt.slice(0, 10)}`,
    });
    expect(plan.change).toBe(status()?.change);
    // Nothing of it is left.
    const count = (command: string) => engine.calls().filter((call) => call.startsWith(`${command} `)).length;
    expect(count('rm')).toBeGreaterThanOrEqual(count('run --detach'));
    expect(engine.calls().every((call) => !call.startsWith('run') || call.includes('--network none'))).toBe(true);
    await document.edit(0, TEXT.length, plan.after);
    expect(await lens()).toMatch(/^150\.0 MB on disk, measured on /);
    await document.edit(0, 0, '# changed\n');
    expect(await lens()).not.toContain('measured');
  });

  it('drops the step that changes the behavior, and leaves it out of the plan', async () => {
    const { verify, ask, folder } = await started({ program: NEEDS_ROOT, configuration: '# ours\nfailOn: never\n' });
    const result = await verify();
    if (!result.ok) throw new Error(result.reason);
    const dropped = result.verification.steps.filter(({ state }) => state === 'dropped');
    expect(dropped.map(({ id }) => id)).toEqual(['no-root-user']);
    expect(dropped[0]?.differences?.[0]).toMatchObject({
      aspect: 'end',
      cause: { kind: 'write', subject: '/data/log' },
    });
    expect(result.plan.after).toContain('slim');
    expect(result.plan.after).not.toMatch(/^USER/m);
    const advice = dropped[0]?.advice;
    expect(await ask<AdviceResult>('dockerfile/adviseConfiguration', { advice })).toEqual({
      ok: true,
      path: join(folder, '.dockerfile-optimizer.yaml'),
      before: '# ours\nfailOn: never\n',
      after: '# ours\nfailOn: never\noptimize:\n  writes: [/data]\n',
    });
  });

  it('takes the steps that the user has chosen', async () => {
    const { verify } = await started();
    const result = await verify({ without: ['no-root-user'] });
    expect(result.ok && result.verification.steps.map(({ id }) => id)).toEqual(
      expect.not.arrayContaining(['no-root-user']),
    );
    const safe = await verify({ level: 'safe' });
    expect(safe.ok && safe.plan.steps.map(({ safety }) => safety)).toEqual(['safe']);
  });

  it('runs the command of the configuration only if the user has confirmed that command', async () => {
    const { verify, ask, folder } = await started({
      configuration: 'verify:\n  command: echo "$IMAGE" >>ran\n  volumes: [./data:/data]\n',
    });
    const access = await ask<object>('dockerfile/verifyAccess');
    expect(access).toEqual({ command: 'echo "$IMAGE" >>ran', volumes: ['./data:/data'] });
    const ran = () => existsSync(join(folder, 'ran'));
    expect(await verify()).toEqual({ ok: false, reason: 'The configuration has changed: verify again' });
    expect(await verify({ access: { ...access, command: undefined } })).toMatchObject({ ok: true });
    expect(await verify({ access: { ...access, command: 'echo other' } })).toMatchObject({ ok: true });
    expect(ran()).toBe(false);
    expect(await verify({ access })).toMatchObject({ ok: true });
    expect(ran()).toBe(true);
  });

  it('starts nothing in a workspace that is not trusted', async () => {
    const { verify, engine } = await started({ isTrusted: false });
    expect(await verify()).toEqual({ ok: false, reason: 'Images can be built only in trusted workspaces' });
    expect(engine.calls()).toEqual([]);
  });

  it('says why the original does not build', async () => {
    const { verify } = await started({ commands: { build: 'echo "no such thing" >&2; exit 1' } });
    expect(await verify()).toMatchObject({
      ok: false,
      reason: 'The original image does not build: docker failed: no such thing',
    });
  });

  it.each([
    ['the build', { build: 'echo $$ >"$here/pid"; echo started >&2; sleep 600' }],
    ['the run', { inspect: `printf '{"Running":true}'`, stop: 'sleep 5' }],
  ])('ends soon after a cancel during %s, and removes what it has made', async (what, commands) => {
    const { client, uri, engine } = await started({ commands });
    const source = new CancellationTokenSource();
    const reached = new Promise<void>((resolve) => {
      const method = what === 'the build' ? 'dockerfile/engineOutput' : 'dockerfile/verifyProgress';
      client.connection.onNotification(method, ({ text }) => {
        if (/^(?:started|Running)/.test(text)) setTimeout(resolve, 1000);
      });
    });
    const params = { uri, access: { volumes: [] } };
    const result = client.connection.sendRequest<VerifyResult>('dockerfile/verify', params, source.token);
    await reached;
    const cancelled = performance.now();
    source.cancel();
    expect(await result).toEqual({ ok: false, reason: 'Cancelled', isCancelled: true });
    expect(performance.now() - cancelled).toBeLessThan(2000);
    if (what === 'the build') expect(isRunning(Number(readFileSync(join(engine.folder, 'pid'), 'utf8')))).toBe(false);
    expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
  });
});

describe('advice for the configuration', () => {
  it('is a new file at the top of the workspace if there is none', async () => {
    const { ask, folder } = await started();
    expect(
      await ask<AdviceResult>('dockerfile/adviseConfiguration', { advice: { key: 'without', value: 'slim-base' } }),
    ).toEqual({
      ok: true,
      path: join(folder, '.dockerfile-optimizer.yaml'),
      after: 'optimize:\n  without: [slim-base]\n',
    });
  });

  it('is left to the user where there is no place for it', async () => {
    const { ask } = await started({ configuration: 'optimize: 3\n' });
    const advice = { key: 'without', value: 'slim-base' };
    expect(await ask<AdviceResult>('dockerfile/adviseConfiguration', { advice })).toEqual({
      ok: false,
      reason: 'Add this to the configuration yourself: optimize: { without: [slim-base] }',
    });
  });
});
