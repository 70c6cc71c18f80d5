import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OptimizeResult, RuleListResult } from '../../server/src/protocol';
import { type ClientOptions, createClient, type LspClient } from '../helpers/lspClient';

const PIP = 'FROM python:3.11-slim\nRUN pip install a==1\nENV A=1\nRUN pip install b==1\nUSER 1000\n';

async function until<T>(what: string, probe: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const value = probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

describe('the server over stdio', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient({ initializationOptions: { isOurExtension: true } });
  });
  afterAll(() => client.stop());

  it('says what it can do', () => {
    expect(client.initialized.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2 },
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'source.fixAll.dockerfileOptimizer', 'refactor.rewrite.dockerfileOptimizer'],
        resolveProvider: true,
      },
      hoverProvider: true,
      codeLensProvider: {},
      inlayHintProvider: {},
      completionProvider: {},
      definitionProvider: true,
      renameProvider: { prepareProvider: true },
      documentFormattingProvider: true,
      diagnosticProvider: {
        identifier: 'dockerfile-optimizer',
        interFileDependencies: false,
        workspaceDiagnostics: false,
      },
    });
  });

  it('gives diagnostics with their place, code, page and source', async () => {
    const document = await client.open('FROM python:3.11-slim\nUSER root\n');
    const [diagnostic] = await document.diagnostics();
    expect(diagnostic).toMatchObject({
      code: 'no-root-user',
      source: 'dockerfile-optimizer',
      severity: 2,
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 9 } },
      message: 'The image runs as root: the last USER is root',
    });
    expect(diagnostic?.codeDescription?.href).toMatch(/docs\/rules\/no-root-user\.md$/);
  });

  it('lists its rules, by their ids, with the names that other tools have for them', async () => {
    const { rules } = await client.connection.sendRequest<RuleListResult>('dockerfile/rules');
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(rules.find(({ id }) => id === 'no-sudo')).toMatchObject({
      aliases: expect.arrayContaining(['DL3004']),
      description: 'Switch users with USER instead of sudo',
      isOn: true,
    });
    expect(rules.every(({ description }) => description !== '')).toBe(true);
  });

  it('marks deprecated images and tells related places', async () => {
    const document = await client.open('FROM openjdk:17\nCOPY a.tgz /a.tgz\nRUN rm /a.tgz\nUSER 1000\n');
    const diagnostics = await document.diagnostics();
    expect(diagnostics.find(({ code }) => code === 'no-deprecated-image')?.tags).toEqual([2]);
    const removed = diagnostics.find(({ code }) => code === 'no-remove-in-later-layer');
    expect(removed?.relatedInformation?.[0]?.location.range.start.line).toBe(1);
  });

  it('follows edits', async () => {
    const document = await client.open('FROM python:3.11-slim\nUSER 1000\n');
    expect(await document.rules()).toEqual([]);
    await document.edit(22, 0, 'RUN pip install a==1\n');
    expect(await document.rules()).toEqual(['pip-no-cache-dir']);
    await document.edit(22, 21, '');
    expect(await document.rules()).toEqual([]);
  });

  it('sends findings that are the same only once', async () => {
    const document = await client.open(PIP);
    const pull = (previousResultId?: string) =>
      client.connection.sendRequest<{ kind: string; resultId: string }>('textDocument/diagnostic', {
        textDocument: { uri: document.uri },
        previousResultId,
      });
    const first = await pull();
    expect(first.kind).toBe('full');
    await document.edit(PIP.length, 0, '# a comment\n');
    expect(await pull(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await document.edit(0, 0, '\n');
    expect((await pull(first.resultId)).kind).toBe('full');
  });

  it.each([
    ['a setting says so', { askForReason: true }, false],
    ['the project requires one', { rules: { 'require-suppression-reason': 'warning' } }, true],
  ])('lets the client ask for a reason where %s', async (_, settings, isRequired) => {
    const options = { settings: () => settings };
    for (const isOurExtension of [true, false]) {
      const asked = await createClient({ ...options, initializationOptions: { isOurExtension } });
      const document = await asked.open(PIP);
      await document.diagnostics();
      const action = (await document.actions('install a')).find(({ title }) => title.includes('for this instruction'));
      const newText = '# dockerfile-optimizer-ignore pip-no-cache-dir\n';
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
      const ask = { uri: document.uri, version: 1, range, newText, reasonAt: newText.length - 1, isRequired };
      // Other editors cannot ask.
      if (isOurExtension)
        expect(action).toMatchObject({ command: { command: 'dockerfileOptimizer.askReason', arguments: [ask] } });
      else expect(action && document.apply(action)).toContain(newText);
      await asked.stop();
    }
  });

  it.each([
    ['explicit', ['Add --no-cache-dir'], []],
    ['never', [], []],
    ['always', ['Add --no-cache-dir'], ['Fix all safe findings']],
  ])('offers what the project says of fixes: %s', async (fix, here, all) => {
    const folder = mkdtempSync(join(tmpdir(), 'fix-choice-'));
    writeFileSync(join(folder, '.dockerfile-optimizer.yaml'), `rules: { pip-no-cache-dir: { fix: ${fix} } }\n`);
    const document = await client.open(PIP, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
    const titles = (await document.actions('install a')).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Add'))).toEqual(here);
    expect(titles.includes('Fix all pip-no-cache-dir in this file')).toBe(all.length > 0);
    expect((await document.actions(undefined, ['source.fixAll'])).map(({ title }) => title)).toEqual(all);
    rmSync(folder, { recursive: true });
  });

  it('shows, explains and fixes what a custom rule of the project reports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custom-rule-'));
    writeFileSync(
      join(folder, '.dockerfile-optimizer.yaml'),
      `customRules:
  acme-port:
    message: Services listen on 8080
    reason: The proxy expects it.
    match: { instruction: EXPOSE, pattern: '\\b80\\b' }
    fix: { replacement: '8080', title: Use 8080, safety: safe }
`,
    );
    const text = 'FROM scratch\nEXPOSE 80\n';
    const document = await client.open(text, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
    const finding = (await document.diagnostics()).find(({ code }) => code === 'acme-port');
    expect(finding).toMatchObject({ message: 'Services listen on 8080', severity: 2 });
    // No page of ours explains it.
    expect(finding?.codeDescription).toBeUndefined();
    expect(JSON.stringify(await document.hover('80'))).toContain('The proxy expects it.');
    const actions = (await document.actions('80')).filter(({ title }) => /8080|acme-port/.test(title));
    expect(actions.map(({ title }) => title)).toEqual([
      'Use 8080',
      'Ignore acme-port for this instruction',
      'Ignore acme-port in this file',
    ]);
    expect(actions[0] && document.apply(actions[0])).toBe('FROM scratch\nEXPOSE 8080\n');
    const [all] = await document.actions(undefined, ['source.fixAll']);
    expect(all && document.apply(all)).toBe('FROM scratch\nEXPOSE 8080\n');
    rmSync(folder, { recursive: true });
  });

  it('offers a fix, fix all, ignore and the page', async () => {
    const document = await client.open(PIP);
    const actions = await document.actions('install a');
    expect(actions.map(({ title }) => title)).toEqual([
      'Add --no-cache-dir',
      'Optimize Dockerfile…',
      'Fix all pip-no-cache-dir in this file',
      'Ignore pip-no-cache-dir for this instruction',
      'Ignore pip-no-cache-dir in this file',
      'Explain pip-no-cache-dir',
    ]);
    const [fix, , all, here, file, page] = actions;
    if (!fix || !all || !here || !file || !page) throw new Error('actions');
    expect(fix.isPreferred).toBe(true);
    expect(document.apply(fix)).toBe(PIP.replace('install a', 'install --no-cache-dir a'));
    expect(document.apply(all)).toBe(PIP.replaceAll('install', 'install --no-cache-dir'));
    expect(document.apply(here)).toContain('# dockerfile-optimizer-ignore pip-no-cache-dir\nRUN pip install a==1');
    expect(document.apply(file)).toMatch(/^# dockerfile-optimizer-ignore-file pip-no-cache-dir\nFROM/);
    expect(page.command).toMatchObject({ command: 'dockerfileOptimizer.showRule', arguments: ['pip-no-cache-dir'] });
  });

  it('marks fixes that may change behavior and prefers none of them', async () => {
    const document = await client.open('FROM python:3.11\nCMD ["python"]\n');
    const actions = await document.actions('python:3.11');
    const slim = actions.find(({ title }) => title.startsWith('Use python:3.11-slim'));
    expect(slim).toMatchObject({ title: 'Use python:3.11-slim (may change behavior)', isPreferred: false });
  });

  it('fixes all safe findings for source.fixAll, and nothing more', async () => {
    const document = await client.open(PIP.replace('USER 1000', 'CMD python a.py'));
    for (const only of [['source.fixAll.dockerfileOptimizer'], ['source.fixAll'], ['source']]) {
      const actions = await document.actions(undefined, only);
      expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.dockerfileOptimizer']);
      expect(actions[0] && document.apply(actions[0])).toBe(
        'FROM python:3.11-slim\nRUN pip install --no-cache-dir a==1\nENV A=1\nRUN pip install --no-cache-dir b==1\nCMD ["python", "a.py"]\n',
      );
    }
    const refactors = await document.actions(undefined, ['refactor']);
    expect(refactors.map(({ title }) => title)).toEqual(['Optimize Dockerfile…']);
  });

  it('explains a finding on hover', async () => {
    const document = await client.open('FROM python:3.11-slim\nUSER root\n');
    const hover = await document.hover('root');
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(hover)).toContain('attacker');
  });

  it('plans without touching the document', async () => {
    const text = 'FROM python:3.11\nRUN pip install a==1\nCMD python a.py\n';
    const document = await client.open(text);
    const plan = await client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', { uri: document.uri });
    expect(plan).toMatchObject({ version: 1, before: text });
    expect(plan.after).toContain('CMD ["python", "a.py"]');
    expect(plan.after).toContain('USER app\n');
    expect(plan.summary.after.layers).toBe(2);
    const safe = await client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', {
      uri: document.uri,
      level: 'safe',
    });
    expect(safe.steps.every(({ safety }) => safety === 'safe')).toBe(true);
    const without = plan.steps.map(({ id }) => id);
    const none = await client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', {
      uri: document.uri,
      without,
    });
    expect(none.after).toBe(text);
  });

  it('plans for one stage alone, and offers that above it', async () => {
    const document = await client.open(
      'FROM debian:12 AS a\nRUN apt-get update && apt-get install -y make\nFROM debian:12\nRUN apt-get update && apt-get install -y curl\nCMD ["curl"]\n',
    );
    const lenses = await client.connection.sendRequest<{ command: { title: string; arguments: unknown[] } }[]>(
      'textDocument/codeLens',
      { textDocument: { uri: document.uri } },
    );
    expect(lenses[0]?.command.title).toMatch(/^about \d+ MB → about \d+ MB on disk, 1 → 2 layers: optimize$/);
    expect(lenses.slice(1).map(({ command }) => command.arguments)).toEqual([
      [document.uri, 0],
      [document.uri, 2],
    ]);
    const plan = await client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', {
      uri: document.uri,
      stageLine: 2,
    });
    expect(plan.after).toContain('FROM debian:12 AS a\nRUN apt-get update && apt-get install -y make\nFROM');
    expect(plan.after).toContain('install --no-install-recommends -y curl');
  });

  it('gives the page of a rule by any of its names', async () => {
    const page = await client.connection.sendRequest<{ markdown: string }>('dockerfile/rulePage', { rule: 'DL3002' });
    expect(page.markdown).toMatch(/^# no-root-user/);
    expect(await client.connection.sendRequest('dockerfile/rulePage', { rule: 'nothing' })).toBeNull();
  });

  it('leaves large, binary and other files alone', async () => {
    const large = await client.open(`FROM debian:12\n${'RUN true\n'.repeat(150_000)}`);
    expect(await large.diagnostics()).toMatchObject([{ message: 'Not checked: larger than 1 MB', severity: 3 }]);
    expect(await large.actions()).toEqual([]);
    const binary = await client.open('FROM debian:12\n\u0000\u0001');
    expect((await binary.diagnostics()).map(({ message }) => message)).toEqual(['Not checked: binary content']);
    const other = await client.open('FROM debian:latest\n', { languageId: 'yaml' });
    expect(await other.diagnostics()).toEqual([]);
  });

  it('cancels, and goes on after nonsense', async () => {
    const document = await client.open(PIP);
    await expect(client.connection.sendRequest('no/such/request', {})).rejects.toThrow();
    await expect(client.connection.sendRequest('textDocument/hover', { textDocument: 7 })).resolves.toBeNull();
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'untitled:none', version: 2 },
      contentChanges: [],
    });
    expect(await document.rules()).toHaveLength(2);
  });

  it('starts anew after close and reopen', async () => {
    const uri = 'untitled:Again';
    const first = await client.open(PIP, { uri });
    expect(await first.rules()).toHaveLength(2);
    await first.close();
    const second = await client.open('FROM python:3.11-slim\nUSER 1000\n', { uri });
    expect(await second.rules()).toEqual([]);
  });
});

describe('clients of other kinds', () => {
  let client: LspClient | undefined;
  const connect = async (options: ClientOptions): Promise<LspClient> => {
    client = await createClient(options);
    return client;
  };
  const folders: string[] = [];
  const folderWith = (files: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-lsp-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  };
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('pushes to those that do not pull, and clears on close', async () => {
    const { open, published } = await connect({ capabilities: { textDocument: {} } });
    const document = await open(PIP);
    const first = await until('diagnostics', () => published.get(document.uri));
    expect(first.version).toBe(1);
    expect(first.diagnostics).toHaveLength(2);
    await document.edit(PIP.indexOf('RUN pip install b'), 'RUN pip install b==1\n'.length, '');
    const second = await until('new diagnostics', () =>
      published.get(document.uri)?.version === 2 ? published.get(document.uri) : undefined,
    );
    expect(second.diagnostics).toHaveLength(1);
    await document.close();
    await until('no diagnostics', () => (published.get(document.uri)?.diagnostics.length === 0 ? true : undefined));
  });

  it('takes settings from initializationOptions', async () => {
    const { open } = await connect({ initializationOptions: { rules: { DL3042: 'off' } } });
    expect(await (await open(PIP)).rules()).toEqual([]);
  });

  it('follows settings while it runs', async () => {
    let rules: Record<string, string> = {};
    const { open, connection } = await connect({ settings: () => ({ rules }) });
    const document = await open(PIP);
    expect(await document.rules()).toHaveLength(2);
    rules = { 'pip-no-cache-dir': 'error' };
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(async () => (await document.diagnostics()).map(({ severity }) => severity)).toEqual([1, 1]);
  });

  it('writes the comments of a plan in the language of the settings', async () => {
    let comments: unknown = 'ja';
    const { open, connection } = await connect({ settings: () => ({ optimize: { level: 'all', comments } }) });
    const { uri } = await open('FROM debian:12-slim\nENV API_TOKEN=0f3c9a7be1d2\nUSER 1000\nCMD ["bash"]\n');
    for (const [choice, line] of [
      ['ja', '# 実行時に設定し、イメージには含めない: docker run -e API_TOKEN'],
      ['none', 'USER 1000'],
      ['nonsense', '# Set at run time, never in the image: docker run -e API_TOKEN'],
    ]) {
      comments = choice;
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      const second = async () =>
        (await connection.sendRequest<OptimizeResult>('dockerfile/optimize', { uri })).after.split('\n')[1];
      await expect.poll(second).toBe(line);
    }
  });

  it('tells an unknown rule in the settings once, with the nearest name', async () => {
    const { open, shown } = await connect({ initializationOptions: { rules: { 'no-root-usr': 'off' } } });
    await (await open(PIP)).rules();
    await (await open(PIP)).rules();
    expect(shown).toEqual([expect.stringContaining('did you mean "no-root-user"')]);
  });

  it('reads the nearest configuration file, tells what is wrong in it, and follows it', async () => {
    const folder = folderWith({
      'app/Dockerfile': PIP,
      '.dockerfile-optimizer.yaml': 'rules:\n  pip-no-cache-dir: of\n',
    });
    const { open, connection, shown } = await connect({});
    const document = await open(PIP, { uri: pathToFileURL(join(folder, 'app/Dockerfile')).href });
    expect(await document.rules()).toHaveLength(2);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/\.dockerfile-optimizer\.yaml:2: /);
    writeFileSync(join(folder, '.dockerfile-optimizer.yaml'), 'rules:\n  pip-no-cache-dir: off\n');
    await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    expect(await document.rules()).toEqual([]);
  });

  it('tells of all that is wrong in a configuration file in one message, and once a session', async () => {
    const folder = folderWith({ Dockerfile: PIP, '.dockerfile-optimizer.yaml': 'a: 1\nb: 2\nc: 3\n' });
    const { open, connection, shown } = await connect({});
    const document = await open(PIP, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
    expect(await document.rules()).toHaveLength(2);
    expect(shown).toEqual([expect.stringMatching(/yaml:1: .*"a".*\(more problems in this file: 2\)$/)]);
    for (const text of ['a: 1\n', 'a: 1\nb: 2\nc: 3\n']) {
      writeFileSync(join(folder, '.dockerfile-optimizer.yaml'), text);
      await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
      await document.rules();
    }
    expect(shown).toHaveLength(2);
  });

  it('tells of a configuration file that cannot be read, and goes on', async () => {
    const folder = folderWith({ Dockerfile: PIP, '.dockerfile-optimizer.yaml/not-a-file': '' });
    const { open, shown } = await connect({});
    const document = await open(PIP, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
    expect(await document.rules()).toHaveLength(2);
    expect(shown).toEqual([expect.stringMatching(/\.dockerfile-optimizer\.yaml: cannot be read$/)]);
  });

  it('looks at the files beside the Dockerfile', async () => {
    const text = 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\n';
    const folder = folderWith({
      'plain/package.json': '{}',
      'plain/package-lock.json': '{}',
      'hooks/package.json': '{"scripts":{"postinstall":"node a.js"}}',
      'hooks/package-lock.json': '{}',
    });
    const { open } = await connect({});
    const titles = async (name: string) => {
      const document = await open(text, { uri: pathToFileURL(join(folder, name, 'Dockerfile')).href });
      return (await document.actions('npm ci')).map(({ title }) => title);
    };
    expect(await titles('plain')).toContain(
      'Copy package*.json and install, then copy the sources (may change behavior)',
    );
    expect((await titles('hooks')).some((title) => title.startsWith('Copy package'))).toBe(false);
  });

  it('gives plain edits to clients without versioned ones', async () => {
    const { open } = await connect({ capabilities: { workspace: {} } });
    const document = await open(PIP);
    const [fix] = await document.actions('install a');
    expect(fix?.edit?.changes?.[document.uri]).toHaveLength(1);
    expect(fix && document.apply(fix)).toContain('install --no-cache-dir a');
  });

  it('works out fix-all when it is chosen, for clients that can wait', async () => {
    const resolve = { codeAction: { resolveSupport: { properties: ['edit'] } }, diagnostic: {} };
    const { open, connection } = await connect({ capabilities: { textDocument: resolve } });
    const document = await open(PIP);
    const [action] = await document.actions(undefined, ['source.fixAll']);
    expect(action?.edit).toBeUndefined();
    const resolved = await connection.sendRequest<typeof action>('codeAction/resolve', action);
    expect(resolved && document.apply(resolved)).toBe(PIP.replaceAll('install', 'install --no-cache-dir'));
    await document.edit(0, 0, '# new\n');
    const stale = await connection.sendRequest<typeof action>('codeAction/resolve', action);
    expect(stale?.edit).toBeUndefined();
  });
});
