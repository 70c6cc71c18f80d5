import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from '../helpers/cliProcess';
import { createClient, type LspClient } from '../helpers/lspClient';

const COMPOSE = `services:
  db:
    image: postgres
  api:
    build:
      dockerfile_inline: |
        FROM python:3.11-slim
        RUN pip install flask==3.0.3 && echo $$HOME
        RUN pip install gunicorn==23.0.0
        USER 1000
        CMD python main.py
  web:
    build:
      dockerfile_inline: "FROM alpine:3.22\\nMAINTAINER a\\nUSER 1000\\n"
`;
const QUOTED = COMPOSE.split('\n')[13] ?? '';
const README = '# A\n\n```dockerfile\nFROM python:3.11-slim\nRUN pip install flask==3.0.3\nUSER 1000\n```\n';

let client: LspClient;
beforeAll(async () => {
  client = await createClient({
    initializationOptions: { isOurExtension: true, isTrusted: true, hasOtherLanguageServer: false },
  });
});
afterAll(() => client.stop());

const compose = (text = COMPOSE) =>
  client.open(text, { uri: `file:///${crypto.randomUUID()}/compose.yaml`, languageId: 'dockercompose' });
const markdown = () => client.open(README, { uri: `untitled:${crypto.randomUUID()}`, languageId: 'markdown' });

describe('documents with Dockerfiles inside', () => {
  it('have their findings where they stand', async () => {
    const found = (await (await compose()).diagnostics()).map(({ code, range }) => [
      code,
      range.start.line,
      range.start.character,
      range.end.character,
    ]);
    expect(found).toEqual([
      ['pip-no-cache-dir', 7, 16, 23],
      ['pip-no-cache-dir', 8, 16, 23],
      ['exec-form-cmd', 10, 8, 11],
      ['no-maintainer', 13, QUOTED.indexOf('MAINTAINER'), QUOTED.indexOf('MAINTAINER') + 10],
    ]);
    expect(await (await markdown()).rules()).toEqual(['pip-no-cache-dir']);
  });

  it('are fixed in place, one finding or all of a rule', async () => {
    const document = await compose();
    const actions = await document.actions('pip install flask');
    const titleOf = (start: string) => {
      const action = actions.find(({ title }) => title.startsWith(start));
      if (!action) throw new Error(`${start}: ${actions.map(({ title }) => title).join()}`);
      return action;
    };
    expect(document.apply(titleOf('Add --no-cache-dir'))).toBe(
      COMPOSE.replace('install flask', 'install --no-cache-dir flask'),
    );
    expect(document.apply(titleOf('Fix all pip-no-cache-dir'))).toBe(
      COMPOSE.replaceAll('pip install', 'pip install --no-cache-dir'),
    );
    expect(document.apply(titleOf('Ignore pip-no-cache-dir for this'))).toContain(
      '        # dockerfile-optimizer-ignore pip-no-cache-dir\n        RUN pip install flask',
    );
    const quoted = (await document.actions('MAINTAINER')).find(({ title }) => title.includes('LABEL'));
    expect(quoted && document.apply(quoted)).toContain('\\nLABEL org.opencontainers.image.authors=\\"a\\"\\nUSER');
  });

  it('have no actions and no hover elsewhere, and no features of Dockerfiles', async () => {
    const document = await compose();
    expect(await document.actions('image: postgres')).toEqual([]);
    expect(await document.hover('postgres')).toBeNull();
    expect((await document.hover('python:3.11'))?.contents).toMatchObject({
      value: expect.stringContaining('3.11-slim'),
    });
    const textDocument = { uri: document.uri };
    for (const [method, params] of [
      ['textDocument/completion', { position: { line: 7, character: 8 } }],
      ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }],
      ['textDocument/foldingRange', {}],
    ] as const)
      expect(await client.connection.sendRequest(method, { textDocument, ...params }), method).toBeNull();
    for (const method of ['textDocument/codeLens'])
      expect(await client.connection.sendRequest(method, { textDocument }), method).toEqual([]);
  });

  it('are optimized: the plan is one of the document', async () => {
    const document = await compose();
    const optimize = document
      .actions('RUN pip install flask')
      .then((all) => all.find(({ title }) => title.startsWith('Optimize')));
    expect((await optimize)?.command?.arguments).toEqual([document.uri, 6]);
    const plan = await client.connection.sendRequest<{
      before: string;
      after: string;
      steps: { id: string; edits: unknown[] }[];
    }>('dockerfile/optimize', { uri: document.uri, inlineLine: 8, level: 'safe' });
    expect(plan.before).toBe(COMPOSE);
    expect(plan.after).toContain('        CMD ["python", "main.py"]\n  web:\n');
    expect(plan.after).toContain('echo $$HOME');
    expect(plan.steps.every(({ edits }) => edits.length > 0)).toBe(true);
    const values = await compose(COMPOSE.replace('3.11-slim', '$TAG'));
    const refused = await client.connection.sendRequest('dockerfile/optimize', { uri: values.uri, inlineLine: 8 });
    expect(refused).toMatchObject({ steps: [], skipped: [{ why: expect.stringContaining('the build puts values') }] });
  });

  it('are optimized where the line is; elsewhere only the one that is alone', async () => {
    const planAt = (uri: string, inlineLine: number) =>
      client.connection.sendRequest<{ steps: unknown[] } | null>('dockerfile/optimize', { uri, inlineLine });
    const two = await compose();
    expect(await planAt(two.uri, 2)).toBeNull();
    const one = await compose(COMPOSE.slice(0, COMPOSE.indexOf('  web:')));
    expect((await planAt(one.uri, 2))?.steps).not.toEqual([]);
  });

  it('know the context and the arguments of their build', async () => {
    const folder = folderOf({ 'api/main.py': '' });
    const text =
      'services:\n  api:\n    build:\n      context: api\n      args: {V: "17"}\n      dockerfile_inline: |\n        ARG V\n        FROM openjdk:$${V}\n        COPY main.py gone.py /a/\n        USER 1\n';
    const document = await client.open(text, {
      uri: pathToFileURL(join(folder, 'compose.yaml')).href,
      languageId: 'yaml',
    });
    expect(await document.rules()).toContain('no-deprecated-image');
  });

  it('say nothing where the setting turns it off', async () => {
    const other = await createClient({ initializationOptions: { inlineDockerfiles: false } });
    const document = await other.open(COMPOSE, { uri: 'file:///x/compose.yaml', languageId: 'yaml' });
    expect(await document.rules()).toEqual([]);
    await other.stop();
  });
});
