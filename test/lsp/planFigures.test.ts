import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import type { OptimizeResult, StatusParams } from '../../server/src/protocol';
import { createClient, type LspClient, type OpenDocument } from '../helpers/lspClient';

const HEAVY =
  'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
const CONTEXT = {
  files: [
    { path: 'requirements.txt', sizeBytes: 13, text: 'flask==3.0.3\n' },
    { path: 'app.py', sizeBytes: 13, text: 'import flask\n' },
  ],
  unlisted: [],
};

describe('the figures of a plan', () => {
  let client: LspClient;
  const statuses = new Map<string, StatusParams>();
  beforeAll(async () => {
    client = await createClient({ initializationOptions: { isOurExtension: true } });
    client.connection.onNotification('dockerfile/status', (status: StatusParams) => {
      statuses.set(status.uri, status);
    });
  });
  afterAll(() => client.stop());

  /** A document whose files only the client can list. */
  const openElsewhere = async (name: string) => {
    const document = await client.open(HEAVY, { uri: `vscode-vfs://github/a/${name}/Dockerfile` });
    const tell = (more: typeof CONTEXT.files = []) =>
      client.connection.sendNotification('dockerfile/context', {
        uri: document.uri,
        context: { ...CONTEXT, files: [...CONTEXT.files, ...more] },
      });
    return { document, tell };
  };
  const lensOf = async ({ uri }: OpenDocument) => {
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    return lenses[0]?.command?.title;
  };
  const planOf = ({ uri }: OpenDocument, more: object = {}) =>
    client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', { uri, ...more });
  const statusOf = async (document: OpenDocument) => {
    await document.diagnostics();
    return expect
      .poll(() => statuses.get(document.uri))
      .toBeDefined()
      .then(() => statuses.get(document.uri));
  };

  it('are the same in the lens, the status bar and the plan, in a unit that is named', async () => {
    const { document, tell } = await openElsewhere('same');
    await tell();
    const { change, after, files } = await planOf(document);
    expect(change).toMatch(/^about \d+ MB → about \d+ MB on disk/);
    expect(await lensOf(document)).toBe(`${change}: optimize`);
    expect(await statusOf(document)).toMatchObject({ change, saving: expect.stringMatching(/^about \d+ MB smaller$/) });
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const [hint] = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: document.uri },
      range,
    });
    // What is added to this base is too small to be seen.
    expect(`${hint?.label}`).toBe(`${change.split(' → ')[0]} on disk`);
    await document.edit(0, HEAVY.length, after);
    await tell(files.map((file) => ({ path: file.path, sizeBytes: file.after.length, text: file.after })));
    expect(await lensOf(document)).toMatch(/^about \d+ MB on disk$/);
    await document.diagnostics();
    await expect.poll(() => statuses.get(document.uri)).not.toHaveProperty('saving');
  });

  it('follow the steps that are turned off', async () => {
    const { document, tell } = await openElsewhere('without');
    await tell();
    const { steps } = await planOf(document);
    expect((await planOf(document, { without: steps.map(({ id }) => id) })).change).toBe('');
    const withoutBase = await planOf(document, { without: ['multi-stage', 'slim-base'] });
    expect(withoutBase.change).not.toContain('on disk');
  });

  it('say nothing where nothing changes', async () => {
    expect(await lensOf(await client.open('FROM example.com/app\nENV A=1\nENV B=2\nUSER 1000\n'))).toBe(
      '1 step: optimize',
    );
    expect(await lensOf(await client.open('FROM example.com/app\nENV A=1\nUSER 1000\n'))).toBeUndefined();
    expect(await lensOf(await client.open('FROM debian:12\nENV A=1\nENV B=2\nUSER 1000\n'))).toBe('1 step: optimize');
  });

  it('are not told before the files are known that the plan depends on', async () => {
    const { document, tell } = await openElsewhere('unknown');
    expect(await lensOf(document)).toBe('Optimize Dockerfile');
    expect(await statusOf(document)).not.toHaveProperty('saving');
    await tell();
    const told = await lensOf(document);
    expect(told).toMatch(/on disk/);
    expect(told).toBe(`${(await planOf(document, { context: CONTEXT })).change}: optimize`);
    await expect.poll(() => statuses.get(document.uri)).toHaveProperty('saving');
  });

  it('tell why a document is not checked', async () => {
    const document = await client.open(`FROM a\n${'#'.repeat(1_100_000)}`);
    expect(await statusOf(document)).toMatchObject({ findings: 0, notChecked: 'Not checked: larger than 1 MB' });
  });
});
