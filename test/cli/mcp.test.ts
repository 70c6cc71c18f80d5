import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type CallToolResult, ListRootsRequestSchema, type Progress } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf } from '../helpers/cliProcess';
import { fakeEngine, isRunning } from '../images/fakeEngine';
import { newDockerArchive, tar } from '../images/tarBytes';

const DOCKERFILE = 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl\nCMD ["curl"]\n';
const SECRET = 'the-content-of-another-file';
const calculator = resolve(import.meta.dirname, '../../examples/calculator');

interface Started {
  readonly client: Client;
  /** The structured result; fails the test when there is none. */
  call(name: string, input?: object): Promise<Record<string, unknown>>;
  /** The reason why there is none. */
  refusal(name: string, input?: object): Promise<string>;
}

/** The SDK's own client with the built program; it compares each result with the schema of its tool. */
async function start(cwd: string, args: readonly string[] = [], roots?: readonly string[]): Promise<Started> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots ? { roots: {} } : {} });
  if (roots)
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: roots.map((folder) => ({ uri: pathToFileURL(folder).href })),
    }));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, 'mcp', ...args],
    cwd,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', SOURCE_DATE_EPOCH: '1748736000' },
    stderr: 'ignore',
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  await client.listTools();
  const answer = async (name: string, input: object = {}) =>
    (await client.callTool({ name, arguments: { ...input } })) as CallToolResult;
  return {
    client,
    async call(name, input) {
      const { structuredContent, content, isError } = await answer(name, input);
      expect(isError, JSON.stringify(content)).toBeUndefined();
      expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
      return structuredContent ?? {};
    },
    async refusal(name, input) {
      const { content, isError } = await answer(name, input);
      expect(isError, JSON.stringify(content)).toBe(true);
      const [first] = content;
      return first?.type === 'text' ? first.text : '';
    },
  };
}

describe('mcp', () => {
  it('is loaded by no other command', () => {
    const commandLine = readFileSync(join(dirname(CLI), 'commandLine.js'), 'utf8');
    expect(commandLine).not.toContain('notifications/roots/list_changed');
    expect(readFileSync(join(dirname(CLI), 'mcp.js'), 'utf8')).toContain('notifications/roots/list_changed');
  });

  it('an agent mends the calculator in 4 calls and reads 6 KB', async () => {
    const cwd = folderOf({});
    cpSync(calculator, cwd, { recursive: true });
    const { call } = await start(cwd, ['--allow-write']);
    const answers = [
      await call('lint_dockerfile', { path: 'Dockerfile' }),
      await call('fix_dockerfile', { path: 'Dockerfile', write: true }),
      await call('optimize_dockerfile', { path: 'Dockerfile', write: true }),
      await call('explain_rule', { rule: 'no-root-user' }),
    ];
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain('FROM python:3.11-slim');
    expect(readFileSync(join(cwd, '.dockerignore'), 'utf8')).toContain('.git');
    expect(answers.map((answer) => JSON.stringify(answer)).join('').length).toBeLessThanOrEqual(6 * 1024);
  });

  it('tells where each finding is, and takes a text that is not saved', async () => {
    const { call } = await start(folderOf({ Dockerfile: DOCKERFILE }));
    const finding = {
      line: 2,
      rule: 'apt-get-no-install-recommends',
      severity: 'info',
      message: '`apt-get install` without --no-install-recommends',
      fix: 'unsafe',
    };
    expect((await call('lint_dockerfile', { path: '.' }))['findings']).toContainEqual(finding);
    expect((await call('lint_dockerfile', { text: DOCKERFILE }))['findings']).toContainEqual(finding);
    const { text, left } = await call('fix_dockerfile', { text: 'FROM alpine\nRUN pip install x\n', unsafe: true });
    expect(text).toContain('pip install --no-cache-dir x');
    expect(left).toMatchObject({ unsafe: 0 });
  });

  it('fixes and optimizes what is inside a Compose, Bake or Markdown file', async () => {
    const inside = DOCKERFILE.trimEnd().split('\n');
    const compose = `services:\n  a:\n    build:\n      dockerfile_inline: |\n${inside.map((line) => `        ${line}\n`).join('')}`;
    const files = {
      'compose.yaml': compose,
      'docker-bake.hcl': `target "a" {\n  dockerfile-inline = <<EOT\n${DOCKERFILE}EOT\n}\n`,
      'README.md': `# Image\n\n\`\`\`dockerfile\n${DOCKERFILE}\`\`\`\n`,
    };
    const { call } = await start(folderOf(files));
    for (const path of Object.keys(files)) {
      const { findings } = await call('lint_dockerfile', { path });
      expect(findings).toContainEqual(expect.objectContaining({ rule: 'apt-get-no-install-recommends' }));
      const fixed = await call('fix_dockerfile', { path, unsafe: true });
      expect(fixed).toMatchObject({ text: expect.stringContaining('--no-install-recommends'), left: { unsafe: 0 } });
      const plan = await call('optimize_dockerfile', { path });
      expect(plan).toMatchObject({ text: expect.stringContaining('--no-install-recommends') });
    }
  });

  it('reads the configuration of a file, for an unsaved text too', async () => {
    const { call } = await start(
      folderOf({
        Dockerfile: DOCKERFILE,
        '.dockerfile-optimizer.yaml': 'rules:\n  apt-get-no-install-recommends: off\nnonsense: 1\n',
      }),
    );
    const answer = await call('lint_dockerfile', { path: 'Dockerfile' });
    expect(answer).toMatchObject({ problems: [expect.stringContaining('nonsense')] });
    expect(JSON.stringify(answer)).not.toContain('recommends');
    const unsaved = await call('lint_dockerfile', { path: 'Dockerfile', text: `${DOCKERFILE}RUN sudo ls\n` });
    expect(JSON.stringify(unsaved)).toContain('no-sudo');
    expect(JSON.stringify(unsaved)).not.toContain('recommends');
  });

  it('optimizes with the risk of each step, and with its reason on request', async () => {
    const { call } = await start(folderOf({ Dockerfile: DOCKERFILE }));
    const { steps, text } = await call('optimize_dockerfile', { path: 'Dockerfile', reasons: true });
    expect(steps).toContainEqual(
      expect.objectContaining({
        id: 'apt-get-no-install-recommends',
        risk: expect.stringContaining('recommended packages'),
        reason: expect.any(String),
      }),
    );
    expect(text).toContain('--no-install-recommends');
  });

  it('explains rules by any name, and has their pages as resources', async () => {
    const { client, call, refusal } = await start(folderOf({}));
    expect(await call('explain_rule', { rule: 'DL3002' })).toMatchObject({ rules: [{ id: 'no-root-user' }] });
    expect(await refusal('explain_rule', { rule: 'no-rot-user' })).toContain('no-root-user');
    const { resources } = await client.listResources();
    const page = resources.find(({ name }) => name === 'no-root-user')?.uri ?? '';
    const { contents } = await client.readResource({ uri: page });
    expect(contents).toMatchObject([{ mimeType: 'text/markdown', text: expect.stringMatching(/^# no-root-user\n/) }]);
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow('Unknown resource');
  });

  it('knows facts of images with their date, and none that it does not know', async () => {
    const { call, refusal } = await start(folderOf({}));
    const facts = await call('image_facts', { image: 'python:3.11' });
    expect(facts).toMatchObject({ isKnown: true, distro: 'debian', smaller: { tag: '3.11-slim' } });
    // No tag has a fact that the tool's schema lacks.
    for (const image of ['node:lts', 'debian:stable', 'alpine', 'openjdk:8', 'postgres', 'nginx'])
      expect(await call('image_facts', { image })).toMatchObject({ isKnown: true });
    expect(facts['sizeAsOf']).toMatch(/^\d{4}-\d\d$/);
    expect(await call('image_facts', { image: 'registry.example.com/own/image:1' })).toMatchObject({ isKnown: false });
    expect(await refusal('image_facts', { image: 'NO IMAGE' })).toContain('not an image reference');
  });

  it('creates a Dockerfile with the reason for each line, or tells why not', async () => {
    const cwd = folderOf({
      'app/go.mod': 'module x\n\ngo 1.24\n',
      'app/main.go': 'package main\n\nfunc main() {}\n',
      'none/x': '',
    });
    const { call, refusal } = await start(cwd);
    const { text, notes } = await call('create_dockerfile', { path: 'app' });
    expect(text).toContain('FROM golang:');
    expect(notes).toContainEqual({ lines: '1', why: expect.any(String) });
    expect(existsSync(join(cwd, 'app/Dockerfile'))).toBe(false);
    expect(await refusal('create_dockerfile', { path: 'none' })).not.toBe('');
    const writing = await start(cwd, ['--allow-write']);
    await writing.call('create_dockerfile', { path: 'app', write: true });
    expect(readFileSync(join(cwd, 'app/Dockerfile'), 'utf8')).toBe(text);
  });
});

describe('mcp in its folders', () => {
  it('writes nothing without --allow-write', async () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { refusal } = await start(cwd);
    for (const name of ['fix_dockerfile', 'optimize_dockerfile', 'create_dockerfile'])
      expect(await refusal(name, { path: 'Dockerfile', write: true })).toContain('additional properties');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(DOCKERFILE);
  });

  it('neither builds nor runs without --allow-run', async () => {
    const { client } = await start(folderOf({ Dockerfile: DOCKERFILE }));
    for (const name of ['measure_image', 'verify_optimization'])
      await expect(client.callTool({ name, arguments: { path: '.' } })).rejects.toThrow('Unknown tool');
  });

  it('reads nothing outside the current folder', async () => {
    const outside = folderOf({ Dockerfile: `FROM ${SECRET}\n` });
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    symlinkSync(join(outside, 'Dockerfile'), join(cwd, 'link'));
    symlinkSync(outside, join(cwd, 'folder'));
    const { refusal } = await start(cwd);
    const paths = [
      join(outside, 'Dockerfile'),
      '../Dockerfile',
      'link',
      'folder',
      'folder/Dockerfile',
      '/etc/passwd',
      '/',
    ];
    for (const path of [...paths, 'a/../../Dockerfile', 'folder/none', '\0', `/${'x'.repeat(100_000)}`]) {
      for (const name of ['lint_dockerfile', 'optimize_dockerfile', 'create_dockerfile']) {
        const reason = await refusal(name, { path });
        expect(reason).not.toContain(SECRET);
        expect(reason.length).toBeLessThan(500);
        if (paths.includes(path)) expect(reason).toContain('outside the folders');
      }
    }
  });

  it('reads no configuration, Compose file or build context outside of them', async () => {
    const above = folderOf({
      '.dockerfile-optimizer.yaml': 'rules:\n  no-sudo: off\n',
      'compose.yaml': 'services: {a: {build: {context: project, args: {BASE: python:2.7}}}}\n',
      'project/Dockerfile': 'ARG BASE=debian:12-slim\nFROM $BASE\nRUN sudo ls\n',
      'other/config.yaml': 'rules:\n  no-sudo: off\n',
    });
    const project = join(above, 'project');
    mkdirSync(join(project, 'linked'));
    writeFileSync(join(project, 'linked/Dockerfile'), 'FROM debian:12-slim\nRUN sudo ls\n');
    symlinkSync(join(above, 'other/config.yaml'), join(project, 'linked/.dockerfile-optimizer.yaml'));
    const { call } = await start(project);
    const { findings } = await call('lint_dockerfile', { path: 'Dockerfile' });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'no-sudo' }));
    expect(JSON.stringify(findings)).not.toContain('python');
    const linked = await call('lint_dockerfile', { path: 'linked' });
    expect(linked['findings']).toContainEqual(expect.objectContaining({ rule: 'no-sudo' }));
    expect(linked['problems']).toEqual([expect.stringContaining('cannot be read')]);
  });

  it("takes the client's folders, and those of the command line before them", async () => {
    const [one, other] = [folderOf({ Dockerfile: DOCKERFILE }), folderOf({ 'b/Dockerfile': DOCKERFILE })];
    const asked = await start(folderOf({ Dockerfile: DOCKERFILE }), [], [one, other]);
    await asked.call('lint_dockerfile', { path: 'b/Dockerfile' });
    await asked.call('lint_dockerfile', { path: join(one, 'Dockerfile') });
    const named = await start(one, [other], [one]);
    await named.call('lint_dockerfile', { path: 'b' });
    expect(await named.refusal('lint_dockerfile', { path: join(one, 'Dockerfile') })).toContain('outside the folders');
    const none = await start(one, [], []);
    expect(await none.refusal('lint_dockerfile', { path: 'Dockerfile' })).toContain('outside the folders');
    await none.call('lint_dockerfile', { text: DOCKERFILE });
  });

  it('writes through no link that leads outside', async () => {
    const outside = folderOf({ ignored: 'x\n' });
    const cwd = folderOf({
      Dockerfile: 'FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\n',
      'requirements.txt': '',
      '.git/HEAD': '',
    });
    symlinkSync(join(outside, 'ignored'), join(cwd, '.dockerignore'));
    const { client } = await start(cwd, ['--allow-write']);
    const input = { path: '.', level: 'all', write: true };
    await client.callTool({ name: 'optimize_dockerfile', arguments: input });
    expect(readFileSync(join(outside, 'ignored'), 'utf8')).toBe('x\n');
  });
});

describe('mcp with a hostile client', () => {
  it('refuses huge and odd inputs, and goes on', async () => {
    const { call, refusal, client } = await start(folderOf({}));
    expect(await refusal('lint_dockerfile', { text: 'x'.repeat(2_000_000) })).toContain('too large');
    expect(await refusal('lint_dockerfile', {})).toContain('path or text');
    expect(await refusal('lint_dockerfile', { text: 1 })).toContain('must be string');
    expect(await refusal('optimize_dockerfile', { text: DOCKERFILE, level: '--write' })).toContain('allowed values');
    expect(await refusal('create_dockerfile', { path: '.', program: '--write' })).toContain('--write');
    await expect(client.callTool({ name: 'x'.repeat(10_000) })).rejects.toThrow(/Unknown tool x{100}$/);
    await call('lint_dockerfile', { text: DOCKERFILE });
  });

  it('lists no more than 100 findings', async () => {
    const { call } = await start(folderOf({}));
    const text = `FROM debian:12-slim\n${'RUN sudo ls\n'.repeat(200)}`;
    const { findings, more } = await call('lint_dockerfile', { text });
    expect(findings).toHaveLength(100);
    expect(more).toBeGreaterThan(0);
  });

  it('answers endless calls with errors', async () => {
    const { call, client } = await start(folderOf({}));
    const calls = Array.from({ length: 500 }, () =>
      client.callTool({ name: 'lint_dockerfile', arguments: { text: DOCKERFILE } }),
    );
    const results = await Promise.allSettled(calls);
    const refused = results.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(String(refused[0]?.reason)).toContain('Too many calls at once');
    await call('lint_dockerfile', { text: DOCKERFILE });
  });

  it('ends with its client, and with a message that has no end', async () => {
    for (const input of ['', 'x'.repeat(11 * 1024 * 1024)]) {
      const child = spawn(process.execPath, [CLI, 'mcp'], { cwd: folderOf({}), stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin.on('error', () => {});
      if (input === '') child.stdin.end();
      else child.stdin.write(input);
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
    }
  });
});

describe.skipIf(process.platform === 'win32')('mcp with an engine', () => {
  const IMAGE = {
    history: [
      { created_by: 'ADD rootfs.tar /' },
      { created_by: 'RUN /bin/sh -c apt-get update && apt-get install -y curl' },
      { created_by: 'CMD ["curl"]', empty_layer: true },
    ],
    layers: [
      tar([{ path: 'bin/sh', data: Buffer.alloc(2000, 1) }]),
      tar([{ path: 'usr/bin/curl', data: Buffer.alloc(3000, 2) }]),
    ],
  };

  it('measures an image, and tells what the engine does', async () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': newDockerArchive(IMAGE) });
    const { program } = fakeEngine('docker', { build: 'echo step 1 >&2', save: `cat ${join(cwd, 'image.tar')}` });
    const { client } = await start(cwd, ['--allow-run', '--engine', program]);
    const told: Progress[] = [];
    const { structuredContent } = await client.callTool(
      { name: 'measure_image', arguments: { path: '.' } },
      undefined,
      {
        onprogress: (progress) => told.push(progress),
      },
    );
    expect(structuredContent).toMatchObject({
      before: { bytes: 5000, baseBytes: 2000, layers: [{ line: 2, bytes: 3000 }] },
    });
    expect(told).toContainEqual({ progress: 1, message: 'step 1' });
  });

  it('stops a build that nobody waits for', async () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const engine = fakeEngine('docker', { build: 'echo $$ >"$(dirname "$0")/pid"; echo building >&2; sleep 600' });
    const { client, call } = await start(cwd, ['--allow-run', '--engine', engine.program]);
    const controller = new AbortController();
    const measuring = client.callTool({ name: 'measure_image', arguments: { path: '.' } }, undefined, {
      signal: controller.signal,
      onprogress: () => controller.abort(),
    });
    await expect(measuring).rejects.toThrow();
    await call('lint_dockerfile', { path: '.' });
    expect(isRunning(Number(readFileSync(join(engine.folder, 'pid'), 'utf8')))).toBe(false);
    expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
  });

  it('verifies a plan, and writes what is proven', async () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const image = {
      Size: 1,
      Os: 'linux',
      Architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      Config: {},
      RootFS: { Layers: [] },
    };
    const { program } = fakeEngine('docker', {
      image: `echo '[${JSON.stringify(image)}]'`,
      inspect: `echo '{"Running":false,"ExitCode":0}'`,
      logs: 'echo done',
    });
    const { call } = await start(cwd, ['--allow-run', '--allow-write', '--engine', program]);
    const answer = await call('verify_optimization', { path: 'Dockerfile', write: true });
    expect(answer).toMatchObject({ isProven: true, same: [expect.stringContaining('code 0')] });
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain('--no-install-recommends');
  });
});
