import type { CancellationToken, Disposable, ProviderResult } from 'vscode';
import * as vscode from 'vscode';

/**
 * What VS Code has offered to language models since 1.95 and 1.101. The oldest VS Code that the extension supports does
 * not know it, nor do its types.
 * Source: https://code.visualstudio.com/api/references/vscode-api#lm (2026-11)
 */
export interface LanguageModels {
  registerTool(name: string, tool: LanguageModelTool): Disposable;
  registerMcpServerDefinitionProvider?(id: string, provider: McpServerDefinitionProvider): Disposable;
}

export interface LanguageModelTool {
  invoke(options: { readonly input: object }, token: CancellationToken): ProviderResult<object>;
  prepareInvocation?(options: { readonly input: object }): ProviderResult<PreparedInvocation>;
}

/** What is shown while the tool runs, and what the user has to confirm before. */
export interface PreparedInvocation {
  readonly invocationMessage: string;
  readonly confirmationMessages?: { readonly title: string; readonly message: string };
}

export interface McpServerDefinitionProvider {
  readonly onDidChangeMcpServerDefinitions?: vscode.Event<void>;
  provideMcpServerDefinitions(): ProviderResult<object[]>;
}

/** Undefined in a host without it. */
export function languageModels(): LanguageModels | undefined {
  const found = (vscode as { lm?: Partial<LanguageModels> }).lm;
  return found?.registerTool ? (found as LanguageModels) : undefined;
}

/** The result of a tool, as a text that a model reads. */
export function toolResult(text: string): object {
  const { LanguageModelToolResult, LanguageModelTextPart } = vscode as unknown as Classes;
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

export function stdioServer(label: string, command: string, args: string[]): object {
  const { McpStdioServerDefinition } = vscode as unknown as Classes;
  return new McpStdioServerDefinition(label, command, args);
}

interface Classes {
  readonly LanguageModelToolResult: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart: new (value: string) => object;
  readonly McpStdioServerDefinition: new (label: string, command: string, args: string[]) => object;
}
