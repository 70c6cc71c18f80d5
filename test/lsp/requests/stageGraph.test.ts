import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageGraphResult } from '../../../server/src/protocol';
import { createClient, type LspClient } from '../../helpers/lspClient';

describe('dockerfile/stageGraph', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());
  const graphOf = async (text: string) => {
    const { uri } = await client.open(text);
    return client.connection.sendRequest<StageGraphResult | null>('dockerfile/stageGraph', { uri });
  };

  it('names places, roles and the basis of sizes', async () => {
    const graph = await graphOf(
      'FROM python:3.12 AS build\nRUN make\nFROM python:3.12-slim\nCOPY --from=build /x /x\n',
    );
    expect(graph?.nodes).toEqual([
      {
        kind: 'stage',
        name: 'build',
        base: 'python:3.12',
        line: 0,
        instructions: 1,
        isNeeded: true,
        isTarget: false,
        size: expect.stringMatching(/^about [\d.]+ [GM]B on disk, estimated$/),
      },
      expect.objectContaining({ name: '1', line: 2, isTarget: true }),
    ]);
    expect(graph?.links).toEqual([{ from: 0, to: 1, takes: [{ kind: 'copy', paths: ['/x'], line: 3 }] }]);
  });

  it('invents no size', async () => {
    const graph = await graphOf('FROM example.com/unheard-of\n');
    expect(graph?.nodes[0]).not.toHaveProperty('size');
  });

  it('has none for what is not checked', async () => {
    expect(await graphOf('\0binary')).toBeNull();
  });
});
