import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import type { MeasureResult } from '../../../server/src/protocol';
import { folderOf } from '../../helpers/cliProcess';
import { createClient } from '../../helpers/lspClient';
import { CURL_LAYERS } from '../../images/curlLayers';
import { fakeEngine, isRunning } from '../../images/fakeEngine';
import { newDockerArchive } from '../../images/tarBytes';

const TEXT = `FROM debian:12-slim
USER 1000
RUN apt-get update && apt-get install -y --no-install-recommends curl
RUN rm /usr/bin/curl
`;
const ARCHIVE = newDockerArchive({
  history: [
    { created_by: 'ADD rootfs.tar / # buildkit' },
    { created_by: 'USER 1000', empty_layer: true },
    { created_by: 'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl # buildkit' },
    { created_by: 'RUN /bin/sh -c rm /usr/bin/curl # buildkit' },
  ],
  layers: CURL_LAYERS,
});

interface Options {
  readonly commands?: Readonly<Record<string, string>>;
  readonly isTrusted?: boolean;
  readonly settings?: object;
  /** Beside the Dockerfile. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the settings say once they are asked for, and not at the start. */
  readonly isAsked?: boolean;
}

async function started({ commands, isTrusted = true, settings, files, isAsked }: Options = {}) {
  const folder = folderOf({ ...files, Dockerfile: TEXT, 'image.tar': ARCHIVE });
  const engine = fakeEngine(
    'docker',
    commands ?? { save: `cat ${join(folder, 'image.tar')}`, build: 'echo built >&2' },
  );
  const all = { engine: { path: engine.program, buildOptions: ['--network', 'host'] }, ...settings };
  const client = await createClient({
    initializationOptions: { isTrusted, isOurExtension: true, ...(isAsked ? {} : all) },
    settings: () => all,
  });
  onTestFinished(() => client.stop());
  let output = '';
  client.connection.onNotification('dockerfile/engineOutput', ({ text }) => {
    output += text;
  });
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  const document = await client.open(TEXT, { uri });
  const measure = (params: object = {}) =>
    client.connection.sendRequest<MeasureResult>('dockerfile/measure', { uri, ...params });
  const hints = async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const found = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range,
    });
    return found.map(({ position, label }) => `${position.line}:${position.character}: ${label}`);
  };
  const lens = async () => {
    const [first] = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    return first?.command?.title;
  };
  return { client, folder, engine, document, uri, measure, hints, lens, output: () => output };
}

describe.skipIf(process.platform === 'win32')('Build and Measure', () => {
  it('gives what was measured and shows it until the text changes', async () => {
    const { document, measure, hints, lens, engine, output } = await started();
    const before = { rules: await document.rules(), hints: await hints(), lens: await lens() };
    const result = await measure();
    expect(result).toMatchObject({
      ok: true,
      before: { bytes: 4_700_000, wastedBytes: 1_200_000, engine: 'docker', image: '' },
    });
    expect(output()).toBe('built\n');
    expect(engine.calls()[1]).toMatch(/ --network host \//);
    expect(await hints()).toEqual(['2:69: +2.7 MB, 1.2 MB wasted', '3:20: +0 B', '0:19: 2.0 MB']);
    expect(await lens()).toMatch(/^4\.7 MB on disk, measured on \d{4}-\d\d-\d\d, about \d+ MB smaller: optimize$/);
    const found = (await document.diagnostics()).filter(({ code }) => code === 'wasted-bytes');
    expect(found.map(({ message, range }) => `${range.start.line}: ${message}`)).toEqual([
      '2: Later layers replace or delete 1.2 MB of the files from this layer',
      '2: 1.5 MB of apt lists stays in this layer',
    ]);
    const actions = await document.actions('RUN');
    const titles = actions.map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Remove the package lists in this layer'))).toHaveLength(1);
    const fixAll = actions.find(({ title }) => title.includes('wasted-bytes in this file'));
    expect(fixAll && document.apply(fixAll)).toContain('rm -rf /var/lib/apt/lists/*');
    await document.edit(0, 0, '# changed\n');
    expect({ rules: await document.rules(), lens: await lens() }).toMatchObject({
      rules: before.rules,
      lens: before.lens,
    });
    expect(await hints()).toEqual(before.hints.map((hint) => hint.replace('0:', '1:')));
  });

  it('builds what optimizing makes of it as well', async () => {
    const { measure, lens, engine } = await started({
      commands: {
        save: 'cat "$(dirname "$0")/image.tar"',
        build: 'cp "$3" "$(dirname "$0")/built-$(ls "$(dirname "$0")" | wc -l)"',
      },
    });
    writeFileSync(join(engine.folder, 'image.tar'), ARCHIVE);
    const result = await measure({ compare: true });
    expect(result).toMatchObject({ ok: true, before: { bytes: 4_700_000 }, after: { bytes: 4_700_000 } });
    expect(await lens()).toMatch(/^4\.7 MB on disk, measured on \d{4}-\d\d-\d\d: optimize$/);
    expect(engine.calls().filter((call) => call.startsWith('build'))).toHaveLength(2);
  });

  it('waits for the settings, which name the engine', async () => {
    const { measure, engine } = await started({ isAsked: true });
    expect(await measure()).toMatchObject({ ok: true });
    expect(engine.calls()[1]).toMatch(/^build /);
  });

  it('builds as the Compose file does', async () => {
    const compose = 'services: {web: {build: {context: src, dockerfile: ../Dockerfile, target: web, args: {A: b c}}}}';
    const { measure, engine, folder } = await started({ files: { 'compose.yaml': compose, 'src/a': '' } });
    await measure();
    const build = engine.calls().find((call) => call.startsWith('build'));
    expect(build).toMatch(/ --build-arg A=b c --target web /);
    expect(build?.endsWith(` ${folder}/src`)).toBe(true);
  });

  it('shows no figures in the text when they are switched off', async () => {
    const { measure, hints } = await started({ settings: { inlayHints: 'off' } });
    await measure();
    expect(await hints()).toEqual([]);
  });

  it('starts nothing in a workspace that is not trusted', async () => {
    const { measure, engine } = await started({ isTrusted: false });
    expect(await measure()).toEqual({ ok: false, reason: 'Images can be built only in trusted workspaces' });
    expect(engine.calls()).toEqual([]);
  });

  it('tells what went wrong', async () => {
    const { measure, client } = await started({
      commands: { version: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' },
    });
    expect(await measure()).toMatchObject({ ok: false, reason: 'docker does not respond' });
    expect(await client.connection.sendRequest('dockerfile/measure', { uri: 'file:///gone' })).toMatchObject({
      ok: false,
      reason: 'There is no Dockerfile to build',
    });
    const untitled = await client.open(TEXT, { uri: 'untitled:Dockerfile' });
    expect(await client.connection.sendRequest('dockerfile/measure', { uri: untitled.uri })).toMatchObject({
      reason: 'Only files on this machine can be built',
    });
  });

  it.each(['a cancel', 'the end of the server'])(
    'frees everything after %s, though the build would go on',
    async (what) => {
      const { client, engine, uri } = await started({
        commands: { build: 'echo $$ >"$(dirname "$0")/pid"; echo started >&2; sleep 600' },
      });
      const { CancellationTokenSource } = await import('vscode-languageserver/node');
      const source = new CancellationTokenSource();
      const building = new Promise<void>((resolve) =>
        client.connection.onNotification('dockerfile/engineOutput', () => resolve()),
      );
      const result = client.connection.sendRequest<MeasureResult>('dockerfile/measure', { uri }, source.token);
      await building;
      if (what === 'a cancel') {
        source.cancel();
        expect(await result).toEqual({ ok: false, reason: 'Cancelled', isCancelled: true });
      } else {
        await client.connection.sendRequest('shutdown');
      }
      expect(isRunning(Number(readFileSync(join(engine.folder, 'pid'), 'utf8')))).toBe(false);
      expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
    },
  );
});
