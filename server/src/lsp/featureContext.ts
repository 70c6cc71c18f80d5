import type { ClientCapabilities } from 'vscode-languageserver';
import type { Engine } from '../engine/engine';

/** What the requests of language features need besides the analyzed document. */
export interface FeatureContext {
  readonly engine: Engine;
  readonly capabilities: ClientCapabilities;
}
