import type { BaseLanguageClient } from 'vscode-languageclient';

/** A language client of either transport: both can be stopped and started again. */
export type Client = BaseLanguageClient;
