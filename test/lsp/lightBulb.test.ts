import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type LspClient } from '../helpers/lspClient';

describe('the light bulb', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient({ initializationOptions: { isOurExtension: true } });
  });
  afterAll(() => client.stop());

  const titlesAt = async (text: string, marked: string, uri?: string) => {
    const document = await client.open(text, uri === undefined ? {} : { uri });
    await document.diagnostics();
    return (await document.actions(marked)).map(({ title }) => title);
  };

  it('offers what fixes first, then what silences a rule, then what explains it, each once', async () => {
    const text = 'FROM python:3.11-slim\nRUN pip install a==1 && pip install b==2\nUSER 1000\n';
    const titles = await titlesAt(text, 'pip install a==1 && pip install b==2', 'file:///tmp/light-bulb/Dockerfile');
    expect(titles.filter((title) => title.includes('pip-no-cache-dir'))).toEqual([
      'Fix all pip-no-cache-dir in this file',
      'Ignore pip-no-cache-dir for this instruction',
      'Ignore pip-no-cache-dir in this file',
      'Turn off pip-no-cache-dir in the configuration',
      'Explain pip-no-cache-dir',
    ]);
    expect(titles.slice(0, 2).every((title) => title.startsWith('Add --no-cache-dir: '))).toBe(true);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('turns rules off only where a configuration can be written', async () => {
    const titles = await titlesAt('FROM debian\nUSER 1000\n', 'debian', 'vscode-vfs://github/a/light/Dockerfile');
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => title.startsWith('Turn off'))).toEqual([]);
  });

  it('optimizes from a line without findings, and not where there is nothing to do', async () => {
    expect(await titlesAt('FROM python:3.11-slim\nRUN pip install a==1\nUSER 1000\n', 'USER')).toEqual([
      'Optimize Dockerfile…',
    ]);
    expect(await titlesAt('FROM example.com/app:1\nUSER 1000\n', 'USER')).toEqual([]);
  });
});
