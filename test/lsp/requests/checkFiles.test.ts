import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CheckFilesParams,
  CheckFilesResult,
  CheckSarifParams,
  CheckSarifResult,
} from '../../../server/src/protocol';
import { createClient, type LspClient } from '../../helpers/lspClient';

const PIP = 'FROM python:3.11-slim\nRUN pip install flask==3.0.3\nUSER 1000\n';

describe('dockerfile/checkFiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-files-'));
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const check = async (files: CheckFilesParams['files']) =>
    (await client.connection.sendRequest<CheckFilesResult>('dockerfile/checkFiles', { files })).files;

  it('reads files that are not open, in the order that they are named in', async () => {
    writeFileSync(join(folder, 'a.dockerfile'), PIP);
    writeFileSync(join(folder, 'b.dockerfile'), 'FROM scratch\n');
    const files = await check(['b', 'a'].map((name) => ({ uri: uriOf(`${name}.dockerfile`), path: name })));
    expect(files.map(({ path, findings }) => [path, findings.map(({ rule }) => rule)])).toEqual([
      ['b', []],
      ['a', ['pip-no-cache-dir']],
    ]);
    expect(files[1]?.findings[0]).toMatchObject({
      severity: 'warning',
      aliases: expect.arrayContaining(['DL3042']),
      range: { start: { line: 1 } },
      fixes: [{ title: 'Add --no-cache-dir', safety: 'safe' }],
    });
  });

  it('takes the text that is sent, before it the one in the editor, before it the file', async () => {
    writeFileSync(join(folder, 'c.dockerfile'), 'FROM scratch\n');
    const uri = uriOf('c.dockerfile');
    const document = await client.open(PIP, { uri });
    const [open] = await check([{ uri, path: 'c' }]);
    expect(open?.findings).toHaveLength(1);
    const [sent] = await check([{ uri: 'vscode-vfs://github/a/b/Dockerfile', path: 'Dockerfile', text: PIP }]);
    expect(sent?.findings).toHaveLength(1);
    await document.close();
  });

  it('finds what is inside other files where it stands, and leaves out those without a Dockerfile', async () => {
    const inline =
      'services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM python:3.11-slim\n        RUN pip install flask==3.0.3\n        USER 1000\n';
    const fence = (text: string) => `# Build\n\n\`\`\`dockerfile\n${text}\`\`\`\n`;
    const bake = `target "a" {\n  dockerfile-inline = <<EOT\n${PIP}EOT\n}\n`;
    const files = {
      'compose.yaml': inline,
      'other/compose.yaml': 'services: {a: {build: .}}\n',
      'docker-bake.hcl': bake,
      'README.md': fence(PIP) + fence(PIP),
      'plain.md': '# Nothing\n',
      'large.md': fence(PIP) + 'x'.repeat(2_000_000),
    };
    const found = await check(Object.entries(files).map(([path, text]) => ({ uri: uriOf(path), path, text })));
    expect(
      found.map(({ path, findings }) => [
        path,
        findings.map(({ rule, range }) => `${rule} ${range.start.line}:${range.start.character}`),
      ]),
    ).toEqual([
      ['compose.yaml', ['pip-no-cache-dir 5:16']],
      ['docker-bake.hcl', ['pip-no-cache-dir 3:8']],
      ['README.md', ['pip-no-cache-dir 4:8', 'pip-no-cache-dir 11:8']],
    ]);
  });

  it("holds to each file's configuration", async () => {
    writeFileSync(join(folder, '.dockerfile-optimizer.yaml'), 'rules:\n  pip-no-cache-dir: off\n');
    writeFileSync(join(folder, 'd.dockerfile'), PIP);
    const [file] = await check([{ uri: uriOf('d.dockerfile'), path: 'd' }]);
    rmSync(join(folder, '.dockerfile-optimizer.yaml'));
    expect(file).toEqual({ uri: uriOf('d.dockerfile'), path: 'd', findings: [] });
  });

  it('says of each file why it was not checked, and checks the others', async () => {
    writeFileSync(join(folder, 'ok.dockerfile'), PIP);
    writeFileSync(join(folder, 'bin.dockerfile'), 'FROM a\0b');
    writeFileSync(join(folder, 'big.dockerfile'), '#'.repeat(1024 * 1024 + 1));
    const names = ['bin', 'gone', 'big', 'ok'];
    const files = await check(names.map((name) => ({ uri: uriOf(`${name}.dockerfile`), path: name })));
    expect(files.map(({ error, findings }) => error ?? findings.length)).toEqual([
      'Not checked: binary content',
      'Not checked: cannot be read',
      'Not checked: larger than 1 MB',
      1,
    ]);
  });

  it('gives the same findings as SARIF, with what could not be checked', async () => {
    writeFileSync(join(folder, 'e.dockerfile'), PIP);
    const files = [
      { uri: uriOf('e.dockerfile'), path: 'a b/e.dockerfile' },
      { uri: uriOf('gone'), path: 'gone' },
    ];
    const params: CheckSarifParams = { files, version: '1.2.3' };
    const { text } = await client.connection.sendRequest<CheckSarifResult>('dockerfile/checkSarif', params);
    const [run] = JSON.parse(text).runs;
    expect(run.tool.driver.semanticVersion).toBe('1.2.3');
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: 'Not checked: cannot be read' } }],
    });
    expect(run.results).toMatchObject([
      {
        ruleId: 'pip-no-cache-dir',
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'a%20b/e.dockerfile' }, region: { startLine: 2 } } },
        ],
      },
    ]);
  });
});
