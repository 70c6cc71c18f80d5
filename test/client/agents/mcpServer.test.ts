import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registerMcpServer } from '../../../client/src/agents/mcpServer';

interface Provider {
  provideMcpServerDefinitions(): object[];
}

const editor = vi.hoisted(() => ({
  isTrusted: true,
  path: '',
  lm: undefined as object | undefined,
}));

vi.mock('vscode', () => ({
  get lm() {
    return editor.lm;
  },
  McpStdioServerDefinition: class {
    constructor(
      readonly label: string,
      readonly command: string,
      readonly args: string[],
    ) {}
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    getConfiguration: () => ({ get: () => editor.path }),
  },
}));

/** A host with language models; it keeps the provider. */
function host(): { provider?: Provider } {
  const kept: { provider?: Provider } = {};
  editor.lm = {
    registerTool: () => ({ dispose() {} }),
    registerMcpServerDefinitionProvider(_id: string, provider: Provider) {
      kept.provider = provider;
      return { dispose() {} };
    },
  };
  return kept;
}

describe('the MCP server for the editor', () => {
  beforeEach(() => Object.assign(editor, { isTrusted: true, path: '/opt/dockerfile-optimizer', lm: undefined }));

  it('is the program in the settings', () => {
    const kept = host();
    expect(registerMcpServer()).toHaveLength(1);
    expect(kept.provider?.provideMcpServerDefinitions()).toEqual([
      { label: 'Dockerfile Optimizer', command: '/opt/dockerfile-optimizer', args: ['mcp'] },
    ]);
  });

  it('is not offered without a path, nor in a workspace that is not trusted', () => {
    const kept = host();
    registerMcpServer();
    editor.path = '';
    expect(kept.provider?.provideMcpServerDefinitions()).toEqual([]);
    Object.assign(editor, { path: '/opt/dockerfile-optimizer', isTrusted: false });
    expect(kept.provider?.provideMcpServerDefinitions()).toEqual([]);
  });

  it('leaves hosts alone that know no servers, or no language models', () => {
    expect(registerMcpServer()).toEqual([]);
    editor.lm = { registerTool: () => ({ dispose() {} }) };
    expect(registerMcpServer()).toEqual([]);
  });
});
