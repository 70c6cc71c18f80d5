import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findInspector } from '../../scripts/inspector.mjs';
import { CLI } from '../helpers/builtPrograms';
import { folderOf } from '../helpers/cliProcess';

const { program } = findInspector();

/** What the command line of the MCP Inspector prints of our server. */
function inspect(method: string, ...args: readonly string[]) {
  const cwd = folderOf({ Dockerfile: 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n' });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program ?? '', '--cli', process.execPath, CLI, 'mcp', '--method', method, ...args],
    { cwd, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe.skipIf(program === undefined)('the MCP Inspector', () => {
  it('lists the tools with their schemas', () => {
    const { tools } = inspect('tools/list');
    expect(tools.map(({ name }: { name: string }) => name)).toContain('optimize_dockerfile');
    for (const { inputSchema, outputSchema } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object' });
      expect(outputSchema).toMatchObject({ type: 'object' });
    }
  });

  it('calls a tool', () => {
    const call = ['--tool-name', 'lint_dockerfile', '--tool-arg', 'path=Dockerfile'];
    const { structuredContent } = inspect('tools/call', ...call);
    expect(structuredContent.findings.map(({ rule }: { rule: string }) => rule)).toContain('no-sudo');
  });

  it('is told why a file is not read', () => {
    const call = ['--tool-name', 'lint_dockerfile', '--tool-arg', 'path=../outside/Dockerfile'];
    expect(inspect('tools/call', ...call)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('outside the folders that may be read') }],
    });
  });

  it('lists the pages of rules as resources', () => {
    const { resources } = inspect('resources/list');
    expect(resources.map(({ uri }: { uri: string }) => uri)).toContain('dockerfile-optimizer://rules/no-root-user');
  });
});
