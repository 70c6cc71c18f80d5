import type { ClientCapabilities } from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import type { FormatOptions } from '../engine/format';

/** What the requests of language features need besides the analyzed document. */
export interface FeatureContext {
  readonly engine: Engine;
  readonly capabilities: ClientCapabilities;
  /** What the project and the settings say about the layout of a document. */
  formatOptions(uri: string): FormatOptions;
}
