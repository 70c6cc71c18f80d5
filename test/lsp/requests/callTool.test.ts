import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallToolParams, CallToolResult, PlanMarkdown } from '../../../server/src/protocol';
import { folderOf } from '../../helpers/cliProcess';
import { createClient, type LspClient } from '../../helpers/lspClient';

const DOCKERFILE = 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl\nCMD ["curl"]\n';
const GO = { 'go.mod': 'module example.com/shop\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {\n}\n' };

describe('tools of an agent in the editor', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient({ settings: () => ({}) });
  });
  afterAll(() => client.stop());

  const answer = (tool: string, params: Partial<CallToolParams> = {}) =>
    client.connection.sendRequest<CallToolResult>('dockerfile/callTool', { input: {}, ...params, tool });
  const call = async (tool: string, params?: Partial<CallToolParams>) => {
    const result = await answer(tool, params);
    if (!result.ok) throw new Error(result.reason);
    return result.data;
  };
  const refusal = async (tool: string, params?: Partial<CallToolParams>) => {
    const result = await answer(tool, params);
    return result.ok ? undefined : result.reason;
  };
  const uriIn = (files: Readonly<Record<string, string>>) => pathToFileURL(join(folderOf(files), 'Dockerfile')).href;

  it('lint a text that is not saved, and a file with its configuration', async () => {
    const { findings } = await call('lint_dockerfile', { text: DOCKERFILE });
    expect(findings).toContainEqual({
      line: 2,
      rule: 'apt-get-no-install-recommends',
      severity: 'info',
      message: '`apt-get install` without --no-install-recommends',
      fix: 'unsafe',
    });
    const uri = uriIn({ '.dockerfile-optimizer.yaml': 'rules:\n  apt-get-no-install-recommends: off\n' });
    expect(JSON.stringify(await call('lint_dockerfile', { uri, text: DOCKERFILE }))).not.toContain('recommends');
  });

  it('fix what is safe, and the rest on request', async () => {
    const text = 'FROM python:3.12-slim\nRUN pip install x==1\nRUN apt-get update && apt-get install -y curl\n';
    const safe = await call('fix_dockerfile', { text });
    expect(safe['text']).toContain('pip install --no-cache-dir x==1');
    expect(safe['text']).not.toContain('--no-install-recommends');
    const { text: unsafe, left } = await call('fix_dockerfile', { text, input: { unsafe: true } });
    expect(unsafe).toContain('--no-install-recommends');
    expect(left).toMatchObject({ unsafe: 0 });
  });

  it('lint, fix and optimize what is inside a Compose file, with its values left alone', async () => {
    const text = [
      'services:',
      '  a:',
      '    build:',
      '      context: .',
      '      dockerfile_inline: |',
      '        FROM python:3.12-slim',
      '        RUN pip install x==1 && echo $$PATH',
      '  b:',
      '    build:',
      '      dockerfile_inline: |',
      '        FROM python:${PYTHON}',
      '        RUN pip install x==1',
      '',
    ].join('\n');
    const uri = pathToFileURL(join(folderOf({}), 'compose.yaml')).href;
    const { findings } = await call('lint_dockerfile', { uri, text });
    expect(findings).toContainEqual(expect.objectContaining({ line: 7, rule: 'pip-no-cache-dir' }));
    const fixed = await call('fix_dockerfile', { uri, text });
    expect(fixed).toMatchObject({
      applied: [{ rule: 'pip-no-cache-dir' }],
      problems: [expect.stringMatching(/^service b: /)],
    });
    expect(fixed['text']).toBe(text.replace('pip install x', 'pip install --no-cache-dir x'));
    const { steps, text: after, before } = await call('optimize_dockerfile', { uri, text });
    expect(steps).toContainEqual(expect.objectContaining({ id: 'pip-no-cache-dir' }));
    expect(after).toContain('        RUN pip install --no-cache-dir x==1 && echo $$PATH\n');
    expect(before).toMatchObject({ layers: expect.any(Number), imageBytes: expect.any(Number) });
    await client.open(text, { uri, languageId: 'yaml' });
    expect(await refusal('measure_image', { uri })).toContain('Compose or Bake builds its image');
  });

  it('optimize for a level, with reasons on request', async () => {
    const safe = await call('optimize_dockerfile', { text: DOCKERFILE, input: { level: 'safe' } });
    expect(JSON.stringify(safe['steps'])).not.toMatch(/reason|risk/);
    const all = await call('optimize_dockerfile', { text: DOCKERFILE, input: { level: 'all', reasons: true } });
    expect(all['steps']).toContainEqual(
      expect.objectContaining({ id: 'no-root-user', reason: expect.any(String), risk: expect.any(String) }),
    );
    expect(all['text']).toContain('USER');
  });

  it('say what is known of rules and images', async () => {
    expect(await call('explain_rule', { input: { rule: 'DL3008' } })).toMatchObject({
      rules: [{ id: 'pin-apt-packages' }],
    });
    expect(await refusal('explain_rule', { input: { rule: 'pin-apt-package' } })).toContain('pin-apt-packages');
    expect(await call('image_facts', { input: { image: 'node:22' } })).toMatchObject({
      isKnown: true,
      packageManager: 'apt',
    });
    expect(await refusal('image_facts', { input: { image: 'no image' } })).toBe('no image: not an image reference');
  });

  it('create a Dockerfile, after a choice of the program', async () => {
    expect(await call('create_dockerfile', { uri: uriIn(GO) })).toMatchObject({
      program: 'go',
      text: expect.stringContaining('go build'),
      files: [{ path: '.dockerignore', text: expect.stringContaining('.git') }],
    });
    const uri = uriIn({ ...GO, 'index.html': '' });
    expect(await refusal('create_dockerfile', { uri })).toContain('choose one of go, static with `program`');
    expect(await call('create_dockerfile', { uri, input: { program: 'static' } })).toMatchObject({ program: 'static' });
    expect(await refusal('create_dockerfile', { uri: uriIn({ ...GO, Dockerfile: DOCKERFILE }) })).toContain('exists');
  });

  it('run no image without the consent of the user, nor outside of trusted workspaces', async () => {
    const uri = uriIn({ Dockerfile: DOCKERFILE });
    expect(await refusal('verify_optimization', { uri })).toBe('Nobody has agreed to run the image');
    expect(await refusal('measure_image', { uri })).toBe('Images can be built only in trusted workspaces');
    expect(await refusal('verify_optimization', { uri, access: { volumes: [] } })).toBe(
      'Images can be built only in trusted workspaces',
    );
  });

  it('refuse a text that is too large', async () => {
    const text = `FROM scratch\n#${'x'.repeat(2_000_000)}\n`;
    for (const tool of ['lint_dockerfile', 'fix_dockerfile', 'optimize_dockerfile'])
      expect(await refusal(tool, { text }), tool).toMatch(/larger|1 MB/);
    await expect(answer('no_tool')).rejects.toThrow('no tool no_tool');
  });

  it('copy a plan as Markdown, without the steps that are turned off', async () => {
    const uri = uriIn({ Dockerfile: DOCKERFILE });
    await client.open(DOCKERFILE, { uri });
    const markdown = async (without: string[] = []) =>
      (await client.connection.sendRequest<PlanMarkdown | null>('dockerfile/planMarkdown', { uri, without }))?.markdown;
    const step = /^\d+\. \*\*.+\*\* \(may change behavior.*\) `no-root-user`$/m;
    expect(await markdown()).toMatch(step);
    expect(await markdown(['no-root-user'])).not.toMatch(step);
  });
});
