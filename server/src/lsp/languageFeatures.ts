import {
  BulkRegistration,
  type BulkUnregistration,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSelector,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  SelectionRangeRequest,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokensRequest,
  type ServerCapabilities,
  SignatureHelpRequest,
} from 'vscode-languageserver';
import type { Analysis } from './analyses';
import { type ClientConnection, logFailure } from './connection';
import { toSpan } from './convert';
import type { FeatureContext } from './featureContext';
import { LEGEND, semanticTokens } from './requests/semanticTokens';

const TOKENS = { legend: LEGEND, full: true, range: true };
const COMPLETION = { triggerCharacters: [' ', ':', '=', ',', '$', '{', '-', '/', '<'] };
const ON_TYPE = { firstTriggerCharacter: '\n' };
const SIGNATURE = { triggerCharacters: ['-', '[', ',', '"', ' ', '='] };

/** The usual editor features, for clients that have no other source of them. */
export interface LanguageFeatures {
  /** For clients without dynamic registration. */
  readonly capabilities: Partial<ServerCapabilities>;
  /** Registers or unregisters all features with clients that support dynamic registration. */
  set(isWanted: boolean): Promise<void>;
}

export function createLanguageFeatures(
  connection: ClientConnection,
  context: FeatureContext,
  analysisOf: (uri: string) => Analysis | undefined,
  isActive: () => boolean,
  /** Null: the documents of the client. */
  selector: DocumentSelector | null,
): LanguageFeatures {
  let registered: BulkUnregistration | undefined;
  let changing = Promise.resolve();

  /** Returns an empty answer while another extension serves the file, for unknown documents, and on failure. */
  const serve = <Params extends { textDocument: { uri: string } }, Result>(
    name: string,
    loadHandler: () => Promise<(analysis: Analysis, params: Params, context: FeatureContext) => Result>,
  ) => {
    return async (params: Params): Promise<Result | null> => {
      if (!isActive()) return null;
      try {
        const handle = await loadHandler();
        // The document as it is now: it may have changed while the handler was loading.
        const analysis = analysisOf(params.textDocument.uri);
        return analysis ? handle(analysis, params, context) : null;
      } catch (error) {
        // A refusal, for the user.
        if (error instanceof ResponseError) throw error;
        logFailure(connection, name, error);
        return null;
      }
    };
  };

  connection.onCompletion(serve('completion', async () => (await import('./requests/completion')).completion));
  connection.onDefinition(serve('definition', async () => (await import('./requests/definition')).definition));
  connection.onReferences(serve('references', async () => (await import('./requests/references')).references));
  connection.onDocumentHighlight(
    serve('documentHighlight', async () => (await import('./requests/documentHighlight')).documentHighlight),
  );
  connection.onDocumentSymbol(
    serve('documentSymbol', async () => (await import('./requests/documentSymbol')).documentSymbol),
  );
  connection.onFoldingRanges(serve('foldingRange', async () => (await import('./requests/foldingRange')).foldingRange));
  connection.onSelectionRanges(
    serve('selectionRange', async () => (await import('./requests/selectionRange')).selectionRange),
  );
  connection.onDocumentLinks(serve('documentLink', async () => (await import('./requests/documentLink')).documentLink));
  connection.onPrepareRename(serve('prepareRename', async () => (await import('./requests/rename')).prepareRename));
  connection.onRenameRequest(serve('rename', async () => (await import('./requests/rename')).rename));
  connection.onSignatureHelp(
    serve('signatureHelp', async () => (await import('./requests/signatureHelp')).signatureHelp),
  );
  connection.onDocumentFormatting(serve('formatting', async () => (await import('./requests/formatting')).formatting));
  connection.onDocumentRangeFormatting(
    serve('rangeFormatting', async () => (await import('./requests/formatting')).rangeFormatting),
  );
  connection.onDocumentOnTypeFormatting(
    serve('onTypeFormatting', async () => (await import('./requests/formatting')).onTypeFormatting),
  );
  const tokens = serve(
    'semanticTokens',
    async () =>
      (analysis: Analysis, { range }: SemanticTokensParams & Partial<SemanticTokensRangeParams>) =>
        semanticTokens(analysis, range && toSpan(analysis.lines, range)),
  );
  connection.languages.semanticTokens.on(async (params) => (await tokens(params)) ?? { data: [] });
  connection.languages.semanticTokens.onRange(async (params) => (await tokens(params)) ?? { data: [] });

  const register = async (): Promise<void> => {
    if (registered) return;
    // Other files have servers of their own.
    const documentSelector = selector;
    const bulk = BulkRegistration.create();
    bulk.add(CompletionRequest.type, { documentSelector, ...COMPLETION });
    bulk.add(DefinitionRequest.type, { documentSelector });
    bulk.add(ReferencesRequest.type, { documentSelector });
    bulk.add(DocumentHighlightRequest.type, { documentSelector });
    bulk.add(DocumentSymbolRequest.type, { documentSelector });
    bulk.add(FoldingRangeRequest.type, { documentSelector });
    bulk.add(SelectionRangeRequest.type, { documentSelector });
    bulk.add(DocumentLinkRequest.type, { documentSelector });
    bulk.add(RenameRequest.type, { documentSelector, prepareProvider: true });
    bulk.add(SignatureHelpRequest.type, { documentSelector, ...SIGNATURE });
    bulk.add(DocumentFormattingRequest.type, { documentSelector });
    bulk.add(DocumentRangeFormattingRequest.type, { documentSelector });
    bulk.add(DocumentOnTypeFormattingRequest.type, { documentSelector, ...ON_TYPE });
    bulk.add(SemanticTokensRequest.type, { documentSelector, ...TOKENS });
    registered = await connection.client.register(bulk);
  };
  const unregister = async (): Promise<void> => {
    registered?.dispose();
    registered = undefined;
  };

  return {
    capabilities: {
      completionProvider: COMPLETION,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      documentLinkProvider: {},
      renameProvider: { prepareProvider: true },
      signatureHelpProvider: SIGNATURE,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: ON_TYPE,
      semanticTokensProvider: TOKENS,
    },
    set(isWanted) {
      // One after the other: two calls at once would register the features twice.
      changing = changing
        .then(() => (isWanted ? register() : unregister()))
        .catch((error: unknown) => logFailure(connection, 'language features', error));
      return changing;
    },
  };
}
