import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
  SemanticTokens,
} from 'vscode-languageserver/node';
import { createClient, type LspClient } from '../../helpers/lspClient';

describe('the structure of a file', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());

  const ask = async <Result>(method: string, text: string, more: object = {}, uri?: string) => {
    const document = await client.open(text, uri === undefined ? {} : { uri });
    return client.connection.sendRequest<Result>(`textDocument/${method}`, {
      textDocument: { uri: document.uri },
      ...more,
    });
  };

  it('is outlined by stage', async () => {
    const text = 'ARG V=1\nFROM python:3.12 AS Builder\nRUN make \\\n  all\nFROM scratch\nCOPY --from=builder /a /a\n';
    const symbols = await ask<DocumentSymbol[]>('documentSymbol', text);
    expect(symbols.map(({ name }) => name)).toEqual(['ARG', 'Builder — python:3.12', 'scratch']);
    expect(symbols[0]?.detail).toBe('V=1');
    expect(symbols[1]?.range.end).toEqual({ line: 3, character: 5 });
    expect(symbols[1]?.children?.map(({ name, detail }) => `${name} ${detail}`)).toEqual(['RUN make all']);
    expect(symbols[2]?.children?.[0]?.detail).toBe('/a /a');
  });

  it('folds stages, long instructions and comments', async () => {
    const text = '# a\n# b\nFROM a\nRUN b \\\n  c\nRUN <<EOF\nd\nEOF\n';
    const folds = await ask<FoldingRange[]>('foldingRange', text);
    expect(folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind])).toEqual([
      [2, 7, undefined],
      [3, 4, undefined],
      [5, 7, undefined],
      [0, 1, 'comment'],
    ]);
  });

  it('selects the word, the command, the instruction, the stage and the file', async () => {
    const text = 'FROM a\nFROM b\nRUN cd /x && make all\n';
    const [selected] = await ask<SelectionRange[]>('selectionRange', text, {
      positions: [{ line: 2, character: 19 }],
    });
    const found: string[] = [];
    for (let at = selected; at; at = at.parent) {
      const { start, end } = at.range;
      found.push(`${start.line}:${start.character}-${end.line}:${end.character}`);
    }
    expect(found).toEqual(['2:18-2:21', '2:13-2:21', '2:4-2:21', '2:0-2:21', '1:0-2:21', '0:0-3:0']);
  });

  it('links images to their pages and sources to their files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'links '));
    try {
      writeFileSync(join(folder, 'run.sh'), '');
      const text = `FROM node:22 AS n
FROM grafana/grafana:12
FROM ghcr.io/astral-sh/uv:0.8
FROM registry.local/x
FROM n
COPY run.sh missing.sh /
COPY --from=n run.sh /
`;
      const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
      const links = await ask<DocumentLink[]>('documentLink', text, {}, uri);
      expect(links.map(({ target }) => target)).toEqual([
        'https://hub.docker.com/_/node',
        'https://hub.docker.com/r/grafana/grafana',
        'https://github.com/astral-sh/uv/pkgs/container/uv',
        pathToFileURL(join(folder, 'run.sh')).href,
      ]);
      expect(links[3]?.range).toEqual({ start: { line: 5, character: 5 }, end: { line: 5, character: 11 } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is coloured: names, and variables of the file in scripts', async () => {
    const text = 'FROM a:1 AS b\nARG V\nRUN --network=none echo $V $PWD\nFROM b\n';
    const legend = client.initialized.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
    const read = ({ data }: SemanticTokens) => {
      const found: string[] = [];
      for (let index = 0, line = 0, character = 0; index < data.length; index += 5) {
        const [down = 0, right = 0, length = 0, type = 0] = data.slice(index, index + 4);
        character = down === 0 ? character + right : right;
        line += down;
        found.push(`${text.split('\n')[line]?.slice(character, character + length)} ${legend[type]}`);
      }
      return found;
    };
    const all = read(await ask<SemanticTokens>('semanticTokens/full', text));
    expect(all).toEqual([
      ...['FROM keyword', 'a:1 class', 'AS keyword', 'b namespace', 'ARG keyword', 'V variable'],
      ...['RUN keyword', '--network parameter', 'V variable', 'FROM keyword', 'b namespace'],
    ]);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    expect(read(await ask<SemanticTokens>('semanticTokens/range', text, { range }))).toEqual([
      'ARG keyword',
      'V variable',
    ]);
  });
});
