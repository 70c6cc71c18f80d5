import { type Disposable, workspace } from 'vscode';
import { languageModels, stdioServer } from './languageModels';

/**
 * Offers the installed command line to the editor as an MCP server, if its path is in the settings: the extension
 * itself has the same tools. The editor asks the user before it starts a server.
 */
export function registerMcpServer(): Disposable[] {
  const register = languageModels()?.registerMcpServerDefinitionProvider;
  if (!register) return [];
  return [
    register('dockerfileOptimizer.mcp', {
      provideMcpServerDefinitions() {
        const path = workspace.getConfiguration('dockerfileOptimizer').get<string>('mcp.path') ?? '';
        return workspace.isTrusted && path !== '' ? [stdioServer('Dockerfile Optimizer', path, ['mcp'])] : [];
      },
    }),
  ];
}
